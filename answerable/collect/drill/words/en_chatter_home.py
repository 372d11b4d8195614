"""English chatter of home and heart: pets, children, kitchens, gardens, sleep. Each rule is one topic."""

EN_CHATTER_HOME = {
    "lostpets": """
        MISSING {petname}, {pet}, {coat}, last seen on {street}. Please check sheds. {thanks}
        Has anyone in {area} got an extra {pet}? {petname} is out since last night and {relation} is in bits
        {petname} came home!!! Stank of fish and slept nine hours. Thank you everyone who looked
        found a {pet}, {coat}, no collar, eating my lunch on {street}. Anyone's?
        Spotted a {pet} by {stop}, {coat}, wouldn't come to me. Is it the one on the posters?
        If you feed a {pet} called {petname}, he is not a stray, he is a liar
    """,
    "pets": """
        {petname} has learned to open the fridge and I've learned nothing
        The vet said {petname} needs to lose a kilo. {petname} said no
        {pet} hair in my tea, {pet} hair in my soul
        Our {pet} is scared of exactly one thing: the hoover? no. Clive next door
        {petname} rolled in something by {stop} and now we all live outside
        Taught {petname} to shake hands at the age of {#6-13}, never too late
        why does the {pet} only want to be let out during {show}
        Walked {petname} on Barge Walk, met four dogs and one very lost goose
        {petname} is {#9-19} today. Sardine cake with a candle
    """,
    "homework": """
        Does anyone understand how they teach {subject} now? {relation} is in tears and so am I
        {age} year old needs a model of a castle by tomorrow. It is nine at night
        Homework tonight: {subject}. I have a degree. I have no idea
        "Mum, I need {ingredient} for school." When? "Now."
        Is it non uniform day tomorrow? Asking before I iron
        spelling test: {relation} got {#7-10} out of ten and is unbearable
        Revision timetable made, coloured in, laminated. Revision done: none
        The reading book this week is about a dull frog. We have read it {#6-20} times
        Teacher told my {age} year old he argues like a lawyer, framed it
    """,
    "children": """
        My {age} year old just asked whether fish get thirsty and I've no answer
        "When I was old" said the {age} year old, and told us about the war
        {relation} put the car keys in the toaster. Found them. Warm
        First tooth out, the tooth fairy pays {money} in this house apparently
        School run: one shoe, no bag, sobbing. And that was me {laugh}
        Two hours to get the baby down, two seconds for the doorbell
        {age} year old has decided her name is now Captain
        Nativity parts are out. We are a lobster. Again
        Soft play on a wet {day}, pray for me
        The little one has said her first word and it's "no"
    """,
    "recipes": """
        Making {dish} and just realised there's no {ingredient}. Can I use something else?
        {dish} turned out like cement. Ate it anyway
        My nan's {dish}, finally wrote it down: "a bit of this, then wait". Thanks nan
        Secret to {dish} is {ingredient}, I will not be taking questions
        who else puts {ingredient} in {dish}? {relation} says I'm a monster
        {dish} for {#6-14} people tonight, kitchen looks like a crime scene
        Batch cooked {dish}, the freezer is now a museum
        Trying {dish} for the first time, any advice? {thanks}
        Burnt the {dish}. Smoke alarm sang. Had toast
        Left {dish} at number {#2-88} for {name}, who has {illness}
        Is {ingredient} still all right {#3-9} months past its date? Asking before not after
    """,
    "cravings": """
        Would sell a kidney for {dish} right now
        It's not even eleven and I've eaten lunch
        Chips with curry sauce on the sea wall. That's it. That's the post
        {shop} has put the Christmas biscuits by the till, I'm only human
        Crisps are dinner. Don't write in
    """,
    "garden": """
        Frost has got {plant}, that's me done till March
        Still picking {plant} in November, what is happening
        Allotment shed broken into. They took the spade and left a biscuit
        Something is eating {plant} and it's not slugs because I have named the slugs
        Planted {#20-90} bulbs, back is broken, see you in spring
        {name} at the allotments gave me {plant} and a lecture
        Hedgehog under the deck! Do I feed it or leave it?
        Compost heap is steaming like a train, very proud
    """,
    "nature": """
        {bird} by Cooper's Lock just now, stood there with my mouth open
        Geese going over {area} all morning, can't hear myself think, wouldn't change it
        Otter prints in the mud at Withybed! Definitely otter. Nearly definitely
        {bird} from the bus window, nobody to tell so telling you
        The oak on Priory Hill has dropped everything in one night
        Bats still out over the canal at this time of year?
    """,
    "sleep": """
        {#2-4} in the morning and wide awake thinking about a thing I said in {#2003-2015}
        Fox screaming on {street}. If you know you know
        Baby's up. I'm up. {petname}'s up. {relation} sleeps like a log
        Night buses, night nurses, night bakers, who else is awake?
        Car alarm on {street} has now got a rhythm to it
        can't sleep so I have alphabetised the spices
        Insomnia club: tea's on, tell me something nice
        Dreamt I was late for a bus driven by {relation}. Woke up late
        Somebody is hoovering. It is {#1-4} am
        Full moon on the river, went out in my dressing gown for a look, worth it
    """,
    "neighbours": """
        Upstairs have taken up tap dancing or furniture
        {name} from number {#3-60} brought round {dish} because my car was home. People are nice
        Drilling. On a {day}. At this hour. {sigh}
        The couple next door are learning the trumpet. Both of them
        Someone keeps leaving one single carrot on our wall
        Took in {#2-7} parcels for the whole of {street} today, I should charge
        Street WhatsApp has fallen out over a hedge, popcorn ready
        New people at the end house painted the door purple and the world did not end
    """,
    "tech": """
        Phone updated itself, now everything is round
        Password must have a capital, a number and a blood sample
        Wifi down in {area} or only us?
        Typed a whole email to {relation} and sent it to {job}. {sigh}
        {relation} rang to ask how to answer the phone
        Laptop fan sounds like a plane over {area}
        Does anyone mend tablets? {age} year old, floor tiles, you can guess
        Printer says it's offline. It is next to me. I'm touching it
    """,
    "health": """
        Dentist says I grind my teeth. I said have you seen {show}
        {illness}, day {#2-6}, the sofa and I are one
        On hold to the surgery, number {#8-31} in the queue, they're playing pan pipes
        Flu jab done, nurse was lovely, arm like a brick
        Can anyone lend crutches? {relation}, ladder, don't ask
        First run in {#2-9} years. Overtaken by a toddler
        {relation} is home from hospital, thanks to everyone who sent {dish}
    """,
    "hobbies": """
        Tried {hobby} tonight, pulled something, going back next week
        {hobby} needs a new venue from January, anywhere warm with a kettle?
        Came last at {hobby} and they clapped, I love this town
        Anyone fancy {hobby} on {day}s? I'm too shy to go alone
        Thirty people turned up for {hobby}. We have twelve chairs
        Finished the jumper! It would fit {relation} and also a horse
        Second verse, always come in early, always look at me. I'm sorry choir
        Sourdough number {#3-17}. A brick, but a brick with bubbles
    """,
    "telly": """
        No spoilers for {show} please, on lates until {day}
        {show} lost me when the twin turned up
        Crying at {show} with a bag of crisps, as you do
        {relation} talks through {show} and then asks what happened
        Gave up on {show} after {#2-5} episodes, what else is there
        Who did it in {show}? I say the vicar
    """,
    "books": """
        Finished the lighthouse book on the {line} and missed my stop
        Book club chose {#600-900} pages. There are {#4-6} of us and we've read none of it
        Need a new author, like Christie but with more weather
        Charity shop had the whole series for {money}, carried them home like a baby
        My {age} year old is reading under the covers with a torch and I'm pretending not to know
    """,
    "quiz": """
        Quiz at {pub} tonight, need somebody who knows flags
        We lost the quiz by one point over the capital of Australia
        Team name at {pub}: Quizzy Rascal. Final position: {#7-12}th
        {pub} has a new dartboard and already a new hole in the wall
        karaoke at {pub} and {relation} has put my name down
    """,
    "money": """
        Butter is HOW much at {shop}
        Energy bill came. I've put it back in the envelope
        Found {money} in last winter's coat, I'm rich
        {relation} won {money} on a scratchcard and spent it on scratchcards
        weekly shop was {#48-96} quid and there's nothing to eat
    """,
    "milestones": """
        PASSED MY TEST. {#2-5} goes. Stay off {street}
        {relation} is {#60-99} today and has asked for a bouncy castle
        Keys to our first flat! It has no oven and a lovely view of the depot
        {#20-50} years married and he still can't load a dishwasher
        She said yes!! On Barge Walk! A goose saw everything
        Sober {#30-900} days today. Small post, big thing
        Exam results: {name} got in. The whole of {street} heard us
        Last day of chemo for {relation}. Rang the bell. Not a dry eye
    """,
    "musings": """
        Why does nobody whistle any more
        If you wave at a bus driver they wave back, free joy
        Every drawer in my house is the drawer of wires
        Autumn smells of gravy and leaves in this town and I will miss it if I ever go
        I've said "can't complain" {#4-9} times today. I could
        Do you think seagulls know about inland
        Somebody in {area} is frying onions with the window open and it's a public service
        There are two kinds of people and both of them are in front of me in {shop}
        Bought a new mop. I'm 34 and thrilled
        Rang {relation} for a minute, talked for an hour, feel better
        Only in Brackwater does a man apologise to a swan
        Quiet one today. Kettle, rain, radio. Will do nicely
    """,
}
