"""English words about the burst main under Mill Lane: burst, brown taps, bottles, Saltgate, repair."""

EN_WATER = {
    "fen_street": """
        Withy Close | Teasel Avenue | Barge Walk | Heron Terrace | Almoner Road | Fenmoor green
        Tanner's Row
    """,
    "salt_street": """
        Wharf Street | Ropewalk | St Osyth's Road | Low Quay | Chandler Street | Saltgate market
        Kiln Street
    """,
    "brown": """
        brown as tea | the colour of gravy | like weak coffee | orange | brown with bits in it | rust brown
        muddy
        like a puddle | dark brown | yellow then brown | the colour of the river
    """,
    "use": """
        brush teeth in it | give it to the baby | make up a bottle | wash {relation}'s wound | fill the kettle
        give it to {petname} | cook rice in it | shower in it | water the tomatoes | rinse my lenses
        run the dishwasher
        top up the fish tank | wash school shirts
    """,
    "water_burst": """
        Water is coming up through the road on Mill Lane, loads of it
        Mill Lane is a river. An actual river. By the bakery
        Burst water main at the bottom of Mill Lane I think, road has lifted
        has a pipe gone on Mill Lane? No pressure at all on {fen_street}
        Just drove past Mill Lane, fountain the height of a man in the middle of the road
        No water in Fenmoor this morning, anyone else? {fen_street} here
        Taps dry on {fen_street}. Is it just us or is it all of Fenmoor
        burst main mill lane junction with Tanner's Row, don't come this way
        The tarmac on Mill Lane has swollen up like bread and now it's split, water everywhere
        Went to fill the kettle, got a cough and three drops. Fenmoor
        Police putting cones round the hole on Mill Lane, water up to the kerb
        Water running down Mill Lane into people's cellars, someone ring them!
        Been on hold to the water board {#8-35} minutes about Mill Lane
        There's a van from Brackwater Water Services at Mill Lane but nobody doing anything yet
        woken by a bang about twenty to seven, now Mill Lane is under water
        Low pressure on {fen_street}, toilet won't fill. Something to do with Mill Lane?
        The main under Mill Lane has gone again, third time in two years
        Cars stuck in the water on Mill Lane, go round by Priory Hill
        mill lane flooded, my shoes are a write off
        Is the burst on Mill Lane why we've no water or is that another one
        {relation} can see the burst main from the window, says the hole is as big as a car
        Shower stopped half way, shampoo in eyes, thanks Mill Lane
    """,
    "water_brown": """
        Tap water in Fenmoor is {brown}, is it safe?
        Our water has just gone {brown}. {fen_street}
        brown water out of the kitchen tap on {fen_street}, anyone else in Fenmoor got this
        Ran the tap for ten minutes and it's still {brown}
        Look at the state of this. {brown}. I am paying for this water
        Bath is {brown}. Baby was about to go in it!
        Can I {use}? It's {brown}, Fenmoor end
        Fenmoor water {brown} since about seven, {relation} drank a glass before anyone noticed, should \
          we worry
        White wash has come out {brown}, whole load ruined. {fen_street}
        Kettle full of brown water, made tea, could not tell the difference. Joking. Not drinking it
        Is the brown water in Fenmoor dangerous or only ugly? Nobody tells us anything
        My {age} year old has had two cups of the brown water, who do I call
        It smells like pennies and looks {brown}. Fenmoor, near the green
        {fen_street}: brown. Heron Terrace: brown. My gran's on the hill: clear. Explain
        do NOT {use} if you are in Fenmoor, it's {brown}
        does boiling help when the water is brown? asking for all of {fen_street}
        Tap was clear at six, {brown} by half seven
        Toilet cistern full of {brown} water, it looks used before you use it
        Water Services website says "no known issues" while my sink is {brown}. {sigh}
        Neighbour filled a bottle to show them, it's {brown} with sand at the bottom
        Fish are floating, tank was topped up this morning before I noticed. Water's {brown}
        I have a dialysis machine at home and the water is brown. Need an answer, please
        Nursery on Barge Walk has sent them home, taps running brown
        still brown in fenmoor. STILL
    """,
    "water_bottles": """
        Where can we get bottled water in Fenmoor?
        Are they handing out bottled water anywhere? {relation} is 84 and can't carry it
        Co-op on {fen_street} has sold out of bottled water, shelves empty
        Is there a water station for Fenmoor? Somebody said the leisure centre, somebody said the school
        Drove to the leisure centre for bottled water, nobody there, gates shut
        £3 a bottle at the corner shop now, was 90p yesterday. Shame on them
        Who delivers bottled water to people who can't leave the house? Asking for {relation}
        I've a car and time, can take bottled water to anyone in Fenmoor who can't get out, message me
        How many bottles are you allowed? There's a queue at the green and no sign
        Bottled water for babies, which kind is right? It says sodium on the label
        Got the last six pack in Fenmoor, felt like a thief
        Any bottled water left at {shop}? Before I walk there
        When does the bottled water come? They said nine, it's gone ten
        Care home on Almoner Road needs bottled water, forty residents, can anyone help
        Water Services: where do we collect bottles. It is not a hard question
        Tanker at Fenmoor green but you need your own bucket, bring your own bottles!
        Is bottled water free if you're on the priority list? How do you get on it
        Queue for bottled water goes round the block, {small} minutes so far
        church hall on Teasel Avenue is giving out tea made with bottled water, bless them
        Can I claim back what I spend on bottled water? {money} so far
    """,
    "water_impact": """
        {cafe} is shut, no water, no coffee, no hope
        Fenmoor School toilets closed, are they sending the kids home or not
        Hairdresser on {fen_street} rinsed me with {#3-6} bottles of sparkling. Fizzy head
        Traffic all the way back to {stop} because of Mill Lane, {small} minutes to go half a mile
        Number {line} is going round by Hollin Bridge because Mill Lane is closed
        My cellar has a foot of water in it. Who pays for that? Mill Lane
        Surgery cancelled my blood test, no clean water
        bakery on Mill Lane giving the bread away because they have to close, brown water in the pipes
        Laundry at the care home stopped. {relation} works there, says they're on paper plates
        Insurance says ring the council, council says ring Water Services, Water Services plays music
        {name} at the chip shop: no water no batter no chips
        Three schools and one hospital on that main and no plan B? Honest question
        Fire brigade pumping out cellars on Mill Lane, good people
        Worked at {job} with no toilets since eight. {sigh}
        Has anyone in charge said ANYTHING about the water? It has been hours
        Went round to {relation}'s for a shower, so did the whole family
        Mill Lane bus stop is not served, nobody put a sign up
    """,
    "water_saltgate": """
        Brown water has reached Saltgate now, {salt_street}
        Saltgate here: tap just went {brown}. I thought it was only Fenmoor??
        {salt_street} in Saltgate has brown water since about half eleven
        so it's spreading. Saltgate taps {brown}
        They said only Fenmoor was affected. Explain my sink then. {salt_street}
        is Saltgate water safe? Ours looks {brown}
        Low pressure in Saltgate too now, flats above the market have nothing
        Saltgate library has shut the toilets, brown water there as well
        Any bottled water in Saltgate or is it all going to Fenmoor
        Was laughing at Fenmoor this morning. Just turned on the tap on {salt_street}. Not laughing
        Fishmonger in Saltgate has had to throw everything, no clean water for the ice
        Saltgate, third floor, no water since noon, an old neighbour is on her own up there
        Did closing a valve for Mill Lane push the brown water into Saltgate? My plumber says so
        Half of {salt_street} brown, other half clear, we're swapping buckets
    """,
    "water_mended": """
        Water is back on {fen_street}! Coughing and spitting but back
        Pressure is back in Fenmoor, still a bit cloudy
        They've got the new pipe in on Mill Lane, lads have been in that hole all day, well done
        Running clear on {fen_street} since about {#4-6}, ran it twenty minutes
        Is it ok to drink now or not? Water's clear in Fenmoor but nobody has said
        Road on Mill Lane won't be open till Thursday they told me
        do I still need to boil it? asking from {salt_street}
        Clear in Saltgate as well, tested it on a white plate like a scientist
        How do I claim for the ruined wash, anyone got the form?
        First proper cup of tea since breakfast. Thank you hole men of Mill Lane
        Still brown on the top end of {fen_street}, everyone else seems fine
        Someone from the water board knocked on every door on {fen_street} with a leaflet, credit where due
        Filled every pan we own just in case
        Hole on Mill Lane filled and steaming, they're waiting for the tarmac
    """,
}
