"""English chatter about the town: weather, buses, football, market, streets, work. Each rule is one topic."""

EN_CHATTER_TOWN = {
    "weather": """
        Fog so thick on {street} I walked past my own house
        Who ordered this wind, the bins are halfway to {area}
        Frost on the inside of the window this morning, lovely
        That's three days of drizzle, my washing has given up
        Proper sunrise over the Staithe today, pink all the way across
        Is it me or is it <mild|muggy|weirdly warm> for November?
        Hailstones at {stop}, big as peas. Two minutes later sunshine. {laugh}
        Forecast says dry till six, I'll believe it when I see it
        Put the heating on. {relation} has already turned it down
        Rainbow over {area} if anyone is near a window
        Wind has taken next door's trampoline and put it in OUR tree
    """,
    "buses": """
        {#2-4} number {line}s have gone the other way and not one towards {stop}
        The {line} driver waited for me this morning while I ran, faith in people restored
        App says the {line} is due. App has said due for {small} minutes
        does the {line} still stop at {stop} or did they move it
        New seats on the {line}, very fancy, still smells of crisps
        Standing room only on the {line} again, why is it always a single decker at this hour
        Bus full of wet dogs and one trombone. The {line} never disappoints
        Ticket machine broken on the {line} so we all rode free {laugh}
        Anyone know if the {line} runs after eleven on a {day}? Working late at {job}
        whoever is playing music out loud upstairs on the {line}, it is seven in the morning
        Missed the {line} by one second. He SAW me. {sigh}
    """,
    "trains": """
        {#6-22} minutes late into {stop} and no announcement, classic
        Two carriages. TWO. For the whole of {area}
        lovely chat with a stranger on the slow train, she's off to meet her grandson for the first time
        Left my sandwiches on the train. Somebody in the depot is having a nice lunch
        Signal failure again so that's me working from the platform
        Does a railcard work before 9:30 or not, the website says both
    """,
    "football": """
        {#0-3}-{#0-3} at home to a team that trains in a car park. I'm done with the Eels until {day}
        The Eels need a left back, a striker and an exorcist
        Took {relation} to a first match, ninety minutes of nothing, loved every second
        Pies have gone up to {money} at the ground, that's the real scandal
        {name} in goal was a wall on {day}, sign a contract mate
        anyone got a spare for the Eels on {day}? will swap for {dish}
        Under 10s won {#4-9}-{#0-3} and {name}'s lad scored with his face. {laugh}
        Floodlight by the canal end flickers every time they take a corner, it's haunted
        Season ticket renewal is how much?? For THIS midfield?
        Linesman needs to borrow {relation}'s glasses
        Five a side tonight is one short, need anyone with legs
    """,
    "market": """
        Plums are {money} a bowl at the far stall, get in before the ladies from {area}
        Best bread at the market is the dark one with seeds, fight me
        The cheese man gave me a taste of everything, that was breakfast
        Is there a market on {day} this week or not because of the works?
        Bought a lamp I don't need at the flea stalls. It's shaped like a goose. No regrets
        Honey from {area} bees, {money} a jar, tastes of lime trees
        market trader shouting "two fer a fiver" has been there since I was {age}, same voice
        Looking for the stall with the wool, did she retire?
        Got there at three and all the eels were gone
    """,
    "cafes": """
        {cafe} has changed its coffee and I am grieving
        Two hours in {cafe} with one flat white, sorry to the staff, I tipped
        who makes the best bacon roll round {area}? asking for my hangover
        The scones at {cafe}!! How. How are they that tall
        {money} for a tea in {cafe}, in a cup with no handle
        Barista at {cafe} drew a heron in my foam, it's too good to drink
        Does {cafe} do anything without dairy, taking {relation} for a birthday
        New people running {cafe}, nice enough, but where did the sofa go
        Overheard in {cafe}: "he married her for the parking space"
        Open mic at {cafe} on {day}, I will be hiding in the loo until called
    """,
    "bins": """
        Is it green bin or brown bin this week in {area}? The whole street has guessed differently
        Foxes had our bag open again, chicken bones from here to {street}
        My recycling got a sticker of shame for one yoghurt lid
        Neighbour puts my bin back every week without a word. What a man
        bottle bank at {stop} is full to the brim again
        They've missed Withy Close again, that's twice
        How does one family make {#5-9} bags of rubbish, genuinely curious
    """,
    "roads": """
        The pothole outside {shop} has its own ducks now
        Temporary lights on {street}, nobody working there, {small} minute queue
        Cyclist with no lights on {street} at dusk, please buy some, I nearly cried
        Who parks ACROSS a dropped kerb. I've a pram
        Speed bumps on {street} have killed my exhaust, RIP
        Somebody has put a wig on the bollard by {stop} and I hope it never leaves
        New zebra crossing on {street} is grand, drivers actually stop
        The sign at the roundabout says Saltgate is both left and right
        {small} mph past the nursery on {street}, again, silver car, you know who you are
    """,
    "lights": """
        Streetlight on {street} has been off {#2-6} weeks now, who do I tell?
        lamp post outside ours hums in B flat. {relation} plays the cello so we know
        Pitch black on Barge Walk from the bench to the bridge, take a torch
        They fixed the light at {stop}! Only took {#3-9} emails
        New white streetlights are so bright {petname} thinks it's always noon
    """,
    "parking": """
        Back from work, no space, van with flat tyre has been in mine since {day}
        {money} for two hours by {shop} now?? I only wanted stamps
        got a ticket at {#2-9} minutes past. Warden hid behind the tree I swear
        Visitor permits: do they still do paper ones? {relation} has no phone
        To whoever left a note with "lovely parking" and a smiley, you made my day
    """,
    "library": """
        Library has a seed swap drawer now, took {plant}, left marigolds
        Reservation {#14-60} in the queue for the new thriller, see you all in spring
        Rhyme time at Saltgate library was chaos, {relation} ate a tambourine
        Fine of {money} for a book I am sure I returned in {#2015-2021}
        The librarian remembered my name and what I read in school, I'm not crying
        printing at the library is 10p and nobody tells you the queue is two days
        Anyone else use the quiet room? Somebody was eating soup
    """,
    "harbour": """
        Spring tide this week, slip was under by half past, mind your cars on Low Quay
        Seal by the ferry slip again, fat as a sofa, judging everyone
        {#3-11} boats out before dawn, can hear the engines from {area}
        Old barge has been painted green and I have Opinions
        {bird} on the mudflats this morning, got a terrible photo
        Somebody caught an eel as long as {relation}'s leg off the jetty
        Ferry was free today because the card reader fell in the river
    """,
    "work": """
        First day at {job}. I have already lost the lanyard
        Meeting about meetings. {#9-14} people. One biscuit
        Handed in my notice at {job}, feel sick and brilliant
        {relation} got the job!!! {#4-13} interviews and got it
        Night shift at {job} done, toast then bed, don't ring me
        My manager signs emails "warmest" and she is not
        Payslip is wrong again, that's {#2-4} months running at {job}
        Anyone hiring weekends? I can drive, bake, and pretend to like people
        printer at {job} only prints if you thank it. I have tested this
    """,
    "streetlife": """
        Man with accordion on {street} knows three songs and plays the sad one best
        Kids on {street} selling lemonade in coats for {money}, bought four
        Somebody has left a whole chess board set up at {stop}, white to play
        A wedding just went past on a tractor, congratulations whoever you are
        Choir practising with the doors open on {street}, stood there like a lemon for an hour
        New mural by the underpass is either a heron or a hoover
        Old sweet shop on {street} has brown paper on the windows. Tell me it's not vapes
        Someone knitted a scarf for the statue. Fits better than mine
        To the teenager who carried my shopping up {street}: you're a good egg
    """,
    "history": """
        Found a photo of {street} from 1962, there was a cinema where {shop} is!
        Does anyone remember the bell foundry hooter? Went off at noon, dogs howled
        My nan swam in the river by Cooper's Lock every day until she was eighty
        What was on the corner of {street} before the flats? We say dairy, {name} says forge
        My great aunt worked the swing bridge by hand, had arms like a blacksmith
    """,
    "lostfound": """
        Lost near {stop}: {lost}. Reward is {dish}. {thanks}
        Found on {street}: {lost}. Left it with {shop}
        has anyone handed in {lost}? was on the {line} about an hour ago
        Whoever found {lost} and posted it back to me, I don't know who you are but thank you
        Hanging on the railings by {stop}: {lost}
    """,
    "asking": """
        Can anyone recommend {tradesperson}? Ours moved to Spain. {thanks}
        Looking for {tradesperson} near {area}, not too dear, {thanks}
        {name} asked me for {tradesperson} and I realised I know nobody, help
        who do people use round here? need {tradesperson} by {day}
        Any clubs for a shy {age} year old? Not football. {thanks}
        Where can I get {ingredient} at this hour, {shop} is shut
        Is the tip open on {day}? The website sends me in circles
        Which surgery takes new people? Just moved to {area}
        Does anywhere in {area} still cut keys while you wait
        Best place to take {relation} for lunch, somewhere without music?
    """,
    "selling": """
        Free to a good home: {thing}. Collect from {street}
        For sale, {thing}, {money}, no time wasters
        Swap {thing} for {dish}? Worth asking
        WANTED: {thing}. Will collect, can pay in cake
        {thing} still here if anyone wants it, otherwise tip on {day}
        Sold {thing} within a minute of posting, should have asked for more {laugh}
    """,
}
