"""Spanish words that every matter shares: places, people, dishes, things."""

ES_TOWN = {
    "calle": """
        Candle Court | Eelgate | la calle Chandler | Low Quay | Priory Hill | Candle Lane
        Ropewalk
        la calle Kiln | Wharf Street | Heron Terrace | Barge Walk
    """,
    "barrio": "Fenmoor | Saltgate | Marsh End | Eelgate | Northwick | Withybed | el Staithe",
    "parada": """
        la estación | el hospital | la biblioteca de Saltgate | el polideportivo | el puente | el ferry
        Priory Hill
        el mercado | la galería
    """,
    "linea": "4 | 9 | 11 | 12A | 23 | 31 | X5",
    "nombre": """
        Lupe | Nacho | Marisol | Chema | Rocío | Beto | Inma | Paquito | doña Elvira | Yolanda | Quique
        Charo | el Rubén
        Vero | Álex | Mireia | Iker | Remedios
    """,
    "pariente": """
        mi suegra | mi hermano | mi abuela | mi hija | mi marido | mi compañera de piso | mi tío | mi vecina
        mi primo
        mi madre | el niño | mi cuñado
    """,
    "bicho": "gato | gata | perro | galgo | periquito | conejo | cachorro | tortuga",
    "mascota": """
        Canela | Tito | Luna | Garbanzo | Churro | Nala | Pelusa | Bruno | Mochi | Aceituna | Kira | Pirata
    """,
    "pelo": """
        atigrado gris | negro con una mancha blanca | naranja y gordo | blanco con una oreja torcida
        tricolor
        marrón, patas cortas
    """,
    "plato": """
        tortilla | lentejas | croquetas | arroz con leche | empanadas | gazpacho | cocido | arepas | ceviche
        pozole
        migas | tamales | bizcocho de yogur | albóndigas | fabada | patatas bravas | ajiaco | torrijas
    """,
    "cosa_cocina": """
        comino | masa madre | hojas de laurel | harina de maíz | cilantro | azafrán | canela | levadura
        pimentón
    """,
    "trasto": """
        una cuna | una bici de niño | un sofá de dos plazas | una tele pequeña | una mesa plegable
        un carrito de bebé
        una lavadora vieja | unos patines del 38 | una guitarra sin cuerdas | una estantería | un ventilador
        ropa de bebé | un microondas | una jaula grande
    """,
    "perdido": """
        las llaves con un llavero verde | un guante de lana | el abono del bus | unas gafas de ver
        un audífono
        una mochila de dinosaurios | un anillo | el móvil con funda roja | una bufanda azul
        una cartera marrón
    """,
    "oficio": """
        un electricista | una canguro | un cerrajero | clases de inglés | un dentista que no duela
        una costurera
        un mecánico honrado | alguien que pinte | un veterinario | un profe de mates | una peluquera
    """,
    "asignatura": """
        fracciones | los ríos de Europa | inglés | raíces cuadradas | los verbos | ciencias | la célula
        historia
    """,
    "serie": """
        la de los abogados | la turca | la del faro | la de cocina | el concurso | la de vampiros
        la del hospital
    """,
    "curro": """
        la nave | la residencia | el almacén | el hotel | la lonja | la oficina | el bar | la panadería
        el hospital
    """,
    "bar": """
        el Copper Kettle | Dot's | el bar de Tomasz | la Puerta Azul | el pub de la esquina | el Bun House
    """,
    "tienda": """
        el súper | la ferretería | la frutería | el chino | la panadería | la tienda polaca | el mercado
        la farmacia
    """,
    "dia": "lunes | martes | miércoles | jueves | viernes | sábado | domingo",
    "edad": "3 | 4 | 5 | 6 | 7 | 8 | 10 | 12",
    "libras": "3 libras | 5 libras | 8 libras | 12 libras | 20 libras | 45 libras",
    "risa": "jajaja | jaja | 😂 | me muero | qué fuerte | ay",
    "uf": "uf | madre mía | qué cansancio | no puedo más | otra vez | en fin | pues nada",
    "gracias": "gracias | mil gracias | gracias de antemano | se agradece",
    "repeat": """
        RT @{author}: {text}
        Comparto: {text}
        Me llega esto: {text}
        Reenviado del grupo del cole: {text}
        Lo dice @{author}: {text}
        {text} (lo pone @{author})
        Difundid. {text}
    """,
}
