"""What the Estuary Post and the town's institutions write: author || title || text."""

EN_PAPERS = {
    "chatter_news": """
        Estuary Post || Brackwater Eels name new coach || The club has signed {name} Harrow for two \
          years. Training is open to supporters on {day}.
        Estuary Post || Ferry timetable changes from Monday || The last crossing to the Staithe leaves \
          twenty minutes earlier until spring.
        Estuary Post || Library lends seeds, drills and a cello || The library of things in Saltgate has \
          {#140-260} objects by now, and a waiting list for the cello.
        Estuary Post || Rare bittern heard at Withybed || Two birdwatchers recorded the booming call at \
          dawn. The path stays open.
        Estuary Post || Choir looks for basses || The Tideway Singers have fourteen sopranos and one \
          bass, who is {#71-84}.
        Estuary Post || Market hall roof to be mended in January || Stalls move to the car park for three \
          weeks. Traders get the pitch free.
        Estuary Post || Planning: flats on the old ropeworks || Neighbours can comment until the end of \
          the month on {#24-48} flats and a bakery.
        Estuary Post || Pupils count hedgehogs || A class from Priory Hill put ink pads under garden \
          fences and found {#31-90} sets of prints.
        Estuary Post || New swing bridge keeper sworn in || Gwen Docherty, {#24-38}, takes over the wheel \
          from her grandfather.
        Estuary Post || Baker bakes longest plait || {#11-19} metres of dough, eaten within the hour, \
          with no record claimed.
        Estuary Post || Tide tables: high water at the slip || Spring tide brings the highest water of \
          the month. Cars on Low Quay should be moved by noon.
        Estuary Post || Museum opens its bell store || For the first time visitors can see the moulds of \
          the foundry that closed in 1971.
    """,
    "water_news": """
        Estuary Post || Water main bursts under Mill Lane || A main burst at about twenty to seven. Mill \
          Lane is closed from Tanner's Row to the bakery. Homes in Fenmoor have little or no water.
        Estuary Post || Fenmoor taps run brown || Residents report discoloured water since about seven. \
          Water Services has not said yet whether it can be drunk.
        Estuary Post || Mill Lane: cellars flooded, buses sent round || Firefighters are pumping out nine \
          cellars. Buses go by Hollin Bridge.
        Estuary Post || Shops in Fenmoor sell out of bottled water || Our reporter found empty shelves in \
          four of five shops. One charged three times yesterday's price.
        Estuary Post || Care home asks for help with water || Forty residents on Almoner Road depend on \
          bottles brought by neighbours.
        Estuary Post || Brown water reported in Saltgate || Callers from Wharf Street and Ropewalk \
          describe the same brown water that Fenmoor has had since morning.
        Estuary Post || What we know about the water, and what we do not || A map of the streets that \
          told us, the questions we have asked, and who has answered so far.
        Estuary Post || Two workers, one hole, eleven hours || How the main under Mill Lane is being \
          mended, metre by metre.
        Estuary Post || Water returns to Fenmoor || Pressure came back street by street in the late \
          afternoon. Whether it can be drunk unboiled is not known yet.
        Estuary Post || Mill Lane stays closed for now || The pipe holds; the road has to be built again. \
          Buses go round until further notice.
    """,
    "water_notice": """
        Brackwater Water Services || Burst main, Mill Lane || A team is on site at a burst main under \
          Mill Lane. Fenmoor may have low pressure or none. We are looking into it.
        Fenmoor School || School is open || The school is open. Toilets in the east wing are closed \
          because of the water. Please send a filled bottle with your child.
        Brackwater Water Services || Discoloured water || Customers in Fenmoor may notice discoloured \
          water. Samples have been taken. Results are not here yet.
        Hollin Road Surgery || Appointments today || Blood tests and minor surgery are cancelled today \
          for lack of clean water. All other appointments stand.
        Brackwater Water Services || Valve work || A valve has been closed so that the main can be \
          mended. Other districts may notice a change of pressure.
        Brackwater Water Services || Repair finished || The pipe under Mill Lane has been replaced and \
          supply is coming back. Run the tap until the water is clear.
    """,
    "rumour_notice": """
        Fenmoor School || All children of bus 14 are here || All 38 children who take bus 14 were in \
          class by five to nine. The bus waited at Hollin Bridge for six minutes while police held the \
          traffic. Nobody got off.
        Fenmoor School || About this morning's bus || We have spoken to the driver, the escort and the \
          parents. No child was left anywhere. The office answers calls until five.
    """,
    "rumour_news": """
        Estuary Post || No child was left at Hollin Bridge, school says || A message about school bus 14 \
          was shared many times this morning. The school says all 38 children arrived; two parents and the \
          escort say the same.
        Estuary Post || How six minutes at a bridge became a rumour || The bus waited because of the \
          flood on Mill Lane. A passer-by saw it standing. We follow the message from one group to the \
          next.
        Estuary Post || Driver of bus 14: "I waved to the kids as always" || The driver tells how the \
          morning went, and what the messages did to him.
    """,
    "festival_news": """
        Estuary Post || Lantern festival goes ahead || The parade starts at six at the old fish hall and \
          ends on Eelgate quay. The water failure does not affect it.
        Estuary Post || Forty lanterns in one window || Residents of the care home on Almoner Road made a \
          lantern each, and hope that people will walk past.
        Estuary Post || In pictures: the river full of moons || Hundreds of lanterns lit Eelgate quay \
          this evening.
        Estuary Post || The eel that got stuck || A six-metre lantern jammed under the arch and was \
          carried through by a hundred hands.
        Estuary Post || Lantern parade: which streets are closed || Eelgate and Low Quay are closed to \
          cars from four. Night buses run until half past eleven.
    """,
    "festival_notice": """
        Fenmoor School || Our lantern walks at six || Thirty children carry the school's lantern. Meet at \
          the old fish hall at half past five, in warm coats.
        Eelgate Museum || Lantern workshop || Paper, willow and glue are free until they are used up. Mrs \
          Zhou shows how to fold a lotus at two.
        Eelgate Museum || Open until ten tonight || The museum stays open for the lantern festival. \
          Toilets and a warm place to sit are on the ground floor.
    """,
}
