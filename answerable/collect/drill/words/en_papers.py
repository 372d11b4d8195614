"""What the Estuary Post and the town's institutions write, and when: clock author || title || text."""

EN_PAPERS = {
    "chatter_news": """
        17:10 Estuary Post || Brackwater Eels name new coach || The club has signed {name} Harrow for two \
          years. Training is open to supporters on {day}.
        06:30 Estuary Post || Ferry timetable changes from Monday || The last crossing to the Staithe \
          leaves twenty minutes earlier until spring.
        07:45 Estuary Post || Library lends seeds, drills and a cello || The library of things in Saltgate \
          has {#140-260} objects by now, and a waiting list for the cello.
        08:40 Estuary Post || Rare bittern heard at Withybed || Two birdwatchers recorded the booming call \
          at dawn. The path stays open.
        09:50 Estuary Post || Choir looks for basses || The Tideway Singers have fourteen sopranos and one \
          bass, who is {#71-84}.
        10:30 Estuary Post || Market hall roof to be mended in January || Stalls move to the car park for \
          three weeks. Traders get the pitch free.
        11:15 Estuary Post || Planning: flats on the old ropeworks || Neighbours can comment until the end \
          of the month on {#24-48} flats and a bakery.
        13:00 Estuary Post || Pupils count hedgehogs || A class from Priory Hill put ink pads under garden \
          fences and found {#31-90} sets of prints.
        14:20 Estuary Post || New swing bridge keeper sworn in || Gwen Docherty, {#24-38}, takes over the \
          wheel from her grandfather.
        15:30 Estuary Post || Baker bakes longest plait || {#11-19} metres of dough, eaten within the \
          hour, with no record claimed.
        05:40 Estuary Post || Tide tables: high water at the slip || Spring tide brings the highest water \
          of the month. Cars on Low Quay should be moved by noon.
        19:30 Estuary Post || Museum opens its bell store || For the first time visitors can see the \
          moulds of the foundry that closed in 1971.
    """,
    "water_news": """
        07:22 Estuary Post || Water main bursts under Mill Lane || A main burst at about twenty to seven. \
          Mill Lane is closed from Tanner's Row to the bakery. Homes in Fenmoor have little or no water.
        08:05 Estuary Post || Fenmoor taps run brown || Residents report discoloured water since about \
          seven. Water Services has not said yet whether it can be drunk.
        08:50 Estuary Post || Mill Lane: cellars flooded, buses sent round || Firefighters are pumping out \
          nine cellars. Buses go by Hollin Bridge.
        09:40 Estuary Post || Shops in Fenmoor sell out of bottled water || Our reporter found empty \
          shelves in four of five shops. One charged three times yesterday's price.
        10:55 Estuary Post || Care home asks for help with water || Forty residents on Almoner Road depend \
          on bottles brought by neighbours.
        11:48 Estuary Post || Brown water reported in Saltgate || Callers from Wharf Street and Ropewalk \
          describe the same brown water that Fenmoor has had since morning.
        13:10 Estuary Post || What we know about the water, and what we do not || A map of the streets \
          that told us, the questions we have asked, and who has answered so far.
        18:10 Estuary Post || Two workers, one hole, eleven hours || How the main under Mill Lane is being \
          mended, metre by metre.
        16:50 Estuary Post || Water returns to Fenmoor || Pressure came back street by street in the late \
          afternoon. Whether it can be drunk unboiled is not known yet.
        18:40 Estuary Post || Mill Lane stays closed for now || The pipe holds; the road has to be built \
          again. Buses go round until further notice.
    """,
    "water_notice": """
        07:12 Brackwater Water Services || Burst main, Mill Lane || A team is on site at a burst main \
          under Mill Lane. Fenmoor may have low pressure or none. We are looking into it.
        08:10 Fenmoor School || School is open || The school is open. Toilets in the east wing are closed \
          because of the water. Please send a filled bottle with your child.
        08:45 Brackwater Water Services || Discoloured water || Customers in Fenmoor may notice \
          discoloured water. Samples have been taken. Results are not here yet.
        09:05 Hollin Road Surgery || Appointments today || Blood tests and minor surgery are cancelled \
          today for lack of clean water. All other appointments stand.
        11:10 Brackwater Water Services || Valve work || A valve has been closed so that the main can be \
          mended. Other districts may notice a change of pressure.
        17:05 Brackwater Water Services || Repair finished || The pipe under Mill Lane has been replaced \
          and supply is coming back. Run the tap until the water is clear.
    """,
    "rumour_notice": """
        13:06 Fenmoor School || All children of bus 14 are here || All 38 children who take bus 14 were in \
          class by five to nine. The bus waited at Hollin Bridge for six minutes while police held the \
          traffic. Nobody got off.
        14:35 Fenmoor School || About this morning's bus || We have spoken to the driver, the escort and \
          the parents. No child was left anywhere. The office answers calls until five.
    """,
    "rumour_news": """
        13:34 Estuary Post || No child was left at Hollin Bridge, school says || A message about school \
          bus 14 was shared many times this morning. The school says all 38 children arrived; two parents \
          and the escort say the same.
        15:20 Estuary Post || How six minutes at a bridge became a rumour || The bus waited because of the \
          flood on Mill Lane. A passer-by saw it standing. We follow the message from one group to the next.
        16:25 Estuary Post || Driver of bus 14: "I waved to the kids as always" || The driver tells how \
          the morning went, and what the messages did to him.
    """,
    "festival_news": """
        09:20 Estuary Post || Lantern festival goes ahead || The parade starts at six at the old fish hall \
          and ends on Eelgate quay. The water failure does not affect it.
        15:00 Estuary Post || Forty lanterns in one window || Residents of the care home on Almoner Road \
          made a lantern each, and hope that people will walk past.
        20:45 Estuary Post || In pictures: the river full of moons || Hundreds of lanterns lit Eelgate \
          quay this evening.
        21:30 Estuary Post || The eel that got stuck || A six-metre lantern jammed under the arch and was \
          carried through by a hundred hands.
        16:00 Estuary Post || Lantern parade: which streets are closed || Eelgate and Low Quay are closed \
          to cars from four. Night buses run until half past eleven.
    """,
    "festival_notice": """
        14:00 Fenmoor School || Our lantern walks at six || Thirty children carry the school's lantern. \
          Meet at the old fish hall at half past five, in warm coats.
        10:10 Eelgate Museum || Lantern workshop || Paper, willow and glue are free until they are used \
          up. Mrs Zhou shows how to fold a lotus at two.
        17:20 Eelgate Museum || Open until ten tonight || The museum stays open for the lantern festival. \
          Toilets and a warm place to sit are on the ground floor.
    """,
}
