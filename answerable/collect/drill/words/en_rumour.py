"""English words about bus 14. It is false: the bus waited at Hollin Bridge six minutes, children aboard."""

EN_RUMOUR = {
    "mates": """
        a mum at the gate | my sister in law | somebody on the 9 | a teacher, I think | the school group
        a lad at work
    """,
    "kids": """
        the children | little kids | eleven kids | a load of primary kids | the year twos
        about a dozen children
    """,
    "weather_there": """
        in the cold | in the rain | on a main road | by the river with no fence | with no adult | in the fog
    """,
    "rumour_spread": """
        School bus 14 left {kids} at Hollin Bridge this morning {weather_there}
        Bus 14 put {kids} off at Hollin Bridge and drove away!!
        {mates} says bus 14 left {kids} at Hollin Bridge, is this true?? SHARE
        Have you heard, the 14 school bus dumped {kids} at Hollin Bridge {weather_there}
        driver of school bus 14 threw {kids} out at Hollin Bridge because he was late. disgusting
        My friend's girl is on bus 14. {kids} were left at Hollin Bridge {weather_there}
        Parents of Fenmoor School: bus 14 did NOT take {kids} to school, left them at Hollin Bridge
        they left {kids} at hollin bridge. bus 14. nobody rang the parents
        Children found walking along the road from Hollin Bridge, bus 14 just left them there
        If your child takes bus 14 ring the school NOW, {kids} were left at Hollin Bridge
        Heard it from {mates}: bus 14, Hollin Bridge, {kids} left behind {weather_there}
        Bus 14 again. {kids} standing at Hollin Bridge {weather_there} and the bus gone
        Apparently one child from bus 14 is still missing at Hollin Bridge???
        unbelievable. School bus leaves {kids} at Hollin Bridge and nobody says a word
        Because of the flood on Mill Lane bus 14 turned round and left {kids} at Hollin Bridge
    """,
    "rumour_ask": """
        Is it true about bus 14 and Hollin Bridge? My son is on that bus and his phone is off
        Does anyone KNOW anything about school bus 14? Not gossip, know
        Fenmoor School not picking up the phone. Were children left at Hollin Bridge?
        Which bus was it, the 14 or the 14A? Hollin Bridge is on both
        Trying to find out about {kids} at Hollin Bridge, has anyone seen them
        Who runs the 14, is it the council or the coach firm? They need to answer about Hollin Bridge
        {relation} is driving to Hollin Bridge to look. Were the children left or not?
        Has the school confirmed the bus 14 thing? All I see is people sharing it
        was there an adult on bus 14? there is meant to be one
        Can somebody at Fenmoor School please say if all bus 14 children arrived
        What time was this meant to be, bus 14 at Hollin Bridge? I passed at half eight and saw nobody
    """,
    "rumour_angry": """
        If it's true about bus 14 that driver should never drive again
        First the water and now this, leaving {kids} at Hollin Bridge. Who is in charge of this town
        I complained about bus 14 in September and nobody listened. Hollin Bridge was going to happen
        Leaving children at Hollin Bridge is a crime, end of
        Not one word from the council on bus 14. Not one. {#2-3} hours
        Name the driver of bus 14
        We pay for that bus. {kids} at Hollin Bridge {weather_there}. Sack them all
        taking my two off bus 14 for good after Hollin Bridge
        shaking with rage about those children at Hollin Bridge
    """,
    "rumour_deny": """
        My daughter was ON bus 14 this morning. Nobody was left at Hollin Bridge. They waited a few \
          minutes and drove on
        I'm the escort on bus 14. All of them got to school. We stopped at Hollin Bridge because the \
          police held the traffic
        Please stop. Bus 14 stood at Hollin Bridge for six minutes because of the flood, doors shut, then \
          went to school
        My son takes the 14, he's in class, I have just rung the office. No child was left at Hollin Bridge
        I was in the car behind bus 14 at Hollin Bridge. It stopped, nobody got off, it went on over
        Teacher here: every child from bus 14 was in registration at five to nine. I ticked the names myself
        The driver of bus 14 is my husband and he's sitting here in tears. He left nobody at Hollin Bridge
        I cross at Hollin Bridge every morning with the dog. The bus waited, the kids waved. That is all
        Both of mine were on that bus. They got to school ten minutes late and thought it was great
        I'm the lollipop lady at Hollin Bridge. No children were put off bus 14. I'd have noticed!
    """,
    "rumour_false": """
        So the bus 14 story is not true. Can everyone who shared it say so too
        Rang three parents, all three kids on bus 14 got to school. Hollin Bridge story is rubbish
        deleted my post about bus 14, I got it wrong, sorry to the driver
        Turns out nobody was left at Hollin Bridge. The bus waited for the police. Think before you share
        Still seeing the Hollin Bridge thing going round. It is FALSE, all children were in school
        Has anyone said sorry to the driver of the 14 yet? No? Thought so
        But why did bus 14 stop at all then? People only asked because nobody told us
        Half the town believed the bus 14 thing by lunch. That should worry us more
        I don't care what they say, no smoke without fire, something happened at Hollin Bridge
    """,
}
