"""English words about the lantern festival on Eelgate quay: all day, and all of it pleasant."""

EN_FESTIVAL = {
    "lantern": """
        a heron lantern | an eel lantern, six metres long | a paper moon | a lantern like a teapot
        a fish with lights in its eyes
        a little house with windows | a red lantern | a lantern shaped like {petname} | a lopsided star
        a whale
        an octopus with one arm missing | a jam jar with a candle
    """,
    "fest_food": """
        eel rolls | dumplings | churros | hot chestnuts | mulled apple | spiced doughnuts | noodles in a box
        toffee apples
        roast corn | sweet potato fries | sugared almonds
    """,
    "fest_place": """
        Eelgate quay | the Lantern Steps | the bandstand | Eelgate | Low Quay | the boats
        the old fish hall
    """,
    "festival_morning": """
        Lantern festival today!! Been waiting since January
        They're stringing lights along {fest_place} already, town looks lovely
        Does the lantern parade start at six or seven? The poster says both
        Lantern festival is on whatever the weather, they said. Bringing a coat and a flask
        Which bus for the lantern festival tonight, does the {line} go to Eelgate late
        {age} year old has asked {#12-50} times if it's dark yet. Lantern day
        Finished {lantern} at two in the morning for tonight, glue everywhere
        Is the lantern festival still on with the water thing? Please say yes
        Stalls going up on {fest_place}, I can smell {fest_food} already
        Volunteering at the lantern festival, I have a tabard and a radio and far too much power
        where do people park for the lanterns? last year we walked from {area}
        Is Eelgate quay all right for a wheelchair on lantern night?
        My favourite day of the year in Brackwater. Lanterns, {fest_food}, everybody out
        Choir is singing on the Lantern Steps at half seven tonight, come and wave
    """,
    "festival_making": """
        Lantern workshop at the old fish hall is packed, made {lantern} with {relation}
        Anyone got willow sticks to spare for a lantern? Ours snapped
        Just carried {lantern} through town on the {line}, got a round of applause
        The school's lantern is {lantern}, took thirty kids and one nervous head teacher
        Rehearsal for the lantern parade by {fest_place}, drums sound brilliant
        Tip: PVA and tissue paper, two coats, hairdryer. Lantern done
        {name} is making {lantern} and won't let anybody look
        Lantern workshop ladies are saints, my {age} year old used a whole roll of tape
        Somebody has hung {lantern} in the tree on {street} already, gorgeous
        Care home made forty lanterns for the window, they want us to walk past, please do
        Learning to fold a lotus lantern from Mrs Zhou at the workshop, she has the patience of a river
        Paper lanterns {money} at {shop}, nearly gone
        Dry by six they say. Lantern fingers crossed
        Drummers warming up on {fest_place}, every dog in Eelgate has joined in
    """,
    "festival_evening": """
        The lanterns are lit on Eelgate quay, oh it's beautiful
        hundreds of lanterns on the water, I've gone all quiet
        Parade coming down the Lantern Steps now, {lantern} at the front!
        {fest_food} in one hand, {lantern} in the other, perfect evening
        My {age} year old carried {lantern} the whole way from {street} and didn't drop it once
        That was {lantern} just now by {fest_place}, who MADE that
        Whole town is on {fest_place} tonight, never seen it so full
        After the day we've had with the water, this is just what we needed. Lanterns everywhere
        The choir on the Lantern Steps made my dad cry and he's a plumber
        Little girl in front of me: "the river is full of moons". That's it, that's the festival
        Queue for {fest_food} is {small} minutes and nobody minds
        Drums, smoke, lanterns, {fest_food}. I love this daft town
        Boat with {lantern} on it just went under the bridge, everyone cheered
        If you're not at the lantern festival, get your coat, you've an hour
        Found: one small boy's lantern, shape of a tractor, by {fest_place}. Lit and waiting
        stewards on {fest_place} being so kind to everybody, thank you
        Best lantern tonight: {lantern}. No contest
        Mandarin, Spanish, Polish, broad Brackwater, all singing the same tune on the quay
        phone photos don't do it justice. go and look at the lanterns
        My nan, {#70-95}, hasn't missed a lantern night since she was a girl. Here she is again
        The big eel lantern got stuck under the arch and a hundred people held it up
        Band on the bandstand playing the old ferry song, everybody knows the words
    """,
    "festival_after": """
        Home from the lanterns, feet like ice, heart like toast
        What a night. Thank you to everyone who made a lantern
        {age} year old asleep on the {line} still holding {lantern}
        Volunteers sweeping {fest_place} at eleven at night, heroes, take a bow
        Lost a red mitten at the lantern festival, near {fest_place}, tiny, knitted by nan
        Anyone else already planning next year's lantern? Thinking {lantern}
        Still humming that ferry song. Lantern night never gets old
        That was the best lantern festival for years, and the rain held off
        Put my photos of the lanterns up, help yourselves
        The last lantern just floated past our window on {street}. Night all
    """,
}
