"""English words that every matter shares: streets, people, dishes, things, and how residents call them."""

EN_TOWN = {
    "street": """
        Glover's Passage
        Tanner's Row | Eelgate | Cooper's Lock | Chandler Street | Low Quay | Bellmaker's Yard
        Station Parade | Priory Hill | Withy Close | Barge Walk | Almoner Road | Kiln Street | Heron Terrace
        Ropewalk | Candle Lane | St Osyth's Road | Wharf Street | Teasel Avenue | Lantern Steps
    """,
    "area": """
        Fenmoor | Saltgate | Marsh End | Eelgate | Tollgate | Northwick | the Staithe | Priory Hill
        Withybed
    """,
    "stop": """
        the bandstand | the station | Eelgate steps | the hospital | the arcade | Saltgate library
        the leisure centre
        Priory Hill | Withy Close | the retail park | Fenmoor green | the ferry slip
    """,
    "line": "4 | 9 | 11 | 12A | 23 | 31 | X5",
    "name": """
        Maureen | Dev | Callum | Priya | Hattie | Old Stan | Bettina | Marek | Yusuf | Gwen | Tolly | Ines
        Rosalind
        Jonah | Kezia | Agnieszka | Femi | Dilys | Bram | Noor | Pearl | Ivo | Shanice | Alfie | Winnie
        Tadeusz
    """,
    "relation": """
        my nan | my brother | my sister-in-law | my flatmate | my mum | the other half | my dad
        my neighbour | a mate
        my eldest | our youngest | my boss | my cousin | the lad next door | my daughter | my uncle
    """,
    "pet": """
        cat | kitten | dog | spaniel | whippet | tortoise | parrot | terrier | lurcher | rabbit | greyhound
    """,
    "petname": """
        Biscuit | Mr Pickles | Luna | Gravy | Tetley | Dumpling | Sprout | Bosun | Marmite | Queenie | Pasty
        Otis
        Clementine | Kevin | Juniper | Haddock | Waffles | Moth
    """,
    "coat": """
        grey tabby | black with a white bib | ginger and very round | tortoiseshell | sandy with one bent ear
        white with a brown patch over one eye | long haired and scruffy | all black, yellow eyes
    """,
    "cafe": """
        the Copper Kettle | Dot's | the Lockkeeper's | Crumb & Co | the Blue Door | Salt and Flour | Moorhen
        Café Tomasz
        the Bun House | Number Nine
    """,
    "pub": """
        the Eel and Basket | the Wheatsheaf | the Three Herons | the Ropemaker | the Ferry Inn
        the Drowned Bell
    """,
    "shop": """
        the co-op | Hanley's hardware | the big Tesco | Abidi's | the charity shop on Eelgate | the market
        the garden centre
        Petrov's bakery | the fishmonger | the Polish shop | the bike place on Kiln Street | the corner shop
    """,
    "dish": """
        leek and potato soup | dal | lasagne | a fish pie | jollof | pierogi | shepherd's pie | shakshuka
        mushroom risotto
        a chickpea curry | toad in the hole | ramen | a treacle tart | rhubarb crumble | banana bread
        moussaka
        smoked eel on toast | a roast chicken | plum jam | cheese scones | sticky ginger cake | borscht
    """,
    "ingredient": """
        cumin | nutmeg | a tin of tomatoes | buttermilk | fresh dill | capers | puff pastry | cornflour
        yeast | tahini
        a lemon | red lentils | suet | vanilla | smoked paprika | bay leaves
    """,
    "thing": """
        a single bed frame | a pram, hardly used | two garden chairs | a slow cooker | a box of Lego
        a keyboard stand
        a fish tank with pump | six dining chairs | a bread maker | a sewing machine | a set of weights
        a road bike, 54cm
        a carpet cleaner | a desk lamp | a bag of baby clothes, 3-6 months | an old piano stool
        a tent, sleeps four
        a rabbit hutch | a box of vinyl | a microwave | some paving slabs | a high chair
    """,
    "lost": """
        a set of keys with a red fob | one pearl earring | my bus pass | a child's yellow welly
        a hearing aid, left ear
        my work lanyard | a grey wool scarf | a silver ring | a navy rucksack | my grandad's watch
        a pair of glasses
        a stuffed elephant, very loved | a black umbrella | a bank card | a bike light
    """,
    "tradesperson": """
        a piano tuner | a decent roofer | somebody who mends bikes | a dog walker | an electrician
        a window cleaner
        a good barber | a seamstress | a childminder | a plasterer who turns up | a man with a van
        a maths tutor
        a chimney sweep | a vet who is good with nervous cats | a driving instructor | a gardener
        a locksmith
    """,
    "subject": """
        fractions | the water cycle | photosynthesis | the Tudors | French verbs | long division | coding
        the Romans
        Macbeth | electricity | volcanoes | spelling | simultaneous equations | rivers | the Vikings | haikus
    """,
    "show": """
        that baking thing | the new detective one | the Danish one with the lighthouse | the quiz
        the programme about canals
        the vet one | that dating show | the documentary on bees | the one with the submarine
        the antiques one
    """,
    "job": """
        the warehouse | the care home | the call centre | the hospital | the council offices
        the fish market | the nursery
        the garage | the college | the bakery | the solicitor's | the ferry | the depot
    """,
    "bird": """
        a kingfisher | a barn owl | two herons | a little egret | starlings, hundreds | a sparrowhawk
        waxwings | a bittern
    """,
    "plant": """
        tomatoes | sweet peas | leeks | dahlias | the quince | runner beans | garlic | my one courgette
        the roses | figs
    """,
    "illness": """
        a stinking cold | a bad back | hay fever in november | toothache | a migraine | a twisted ankle
        a cough
    """,
    "hobby": """
        choir | pottery | the ukulele group | parkrun | boxing | tai chi | knitting circle | salsa
        the rowing club | chess
        wild swimming | the allotment | bell ringing | five a side | life drawing | beginners' Welsh
    """,
    "age": "3 | 4 | 5 | 6 | 7 | 9 | 11 | 14",
    "day": "Monday | Tuesday | Wednesday | Thursday | Friday | Saturday | Sunday",
    "money": "£4 | £6.50 | £12 | £3.80 | £45 | £9 | £20 | £70 | £2.40",
    "small": "10 | 15 | 20 | 25 | 35 | 40",
    "cuss": "bloody | flipping | ruddy | absolute | pure",
    "laugh": "lol | haha | 😂 | hahaha | 😅 | I can't | honestly",
    "sigh": "ffs | honestly | sigh | typical | I give up | every time | brilliant | not again",
    "thanks": "thank you! | ta | cheers all | thanks in advance | any tips welcome | much appreciated",
    "repeat": """
        RT @{author}: {text}
        RT @{author}: {text}
        {text} (via @{author})
        This ^^ {text}
        From the street group: {text}
        Passing this on. {text}
        "{text}" same here
    """,
}
