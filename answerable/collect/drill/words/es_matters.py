"""Spanish words about the burst main, the rumour of bus 14 and the lantern festival."""

ES_WATER = {
    "marron": """
        marrón | color té | como café aguado | naranja | marrón con arenilla | turbia y marrón | como barro
    """,
    "calle_fen": "Withy Close | Teasel Avenue | Heron Terrace | Almoner Road | Barge Walk | Tanner's Row",
    "calle_salt": "Wharf Street | Ropewalk | Low Quay | Chandler Street | Kiln Street",
    "usar": """
        bañar al bebé | lavarme los dientes | hacer el biberón | cocinar | dársela a {mascota}
        poner la lavadora
    """,
    "water_burst": """
        Está saliendo agua por el asfalto en Mill Lane, muchísima
        Mill Lane es un río, ha reventado una tubería
        ¿Alguien más sin agua en Fenmoor? En {calle_fen} ni gota
        Se ha roto la tubería grande de Mill Lane, no vengáis por aquí
        Sin presión en {calle_fen}, la ducha a medias y con jabón
        Un socavón en Mill Lane y el agua subiendo por la acera
        Me ha despertado un golpe y ahora Mill Lane está inundada
        Reventón en Mill Lane, los coches dan la vuelta por Priory Hill
        Llamo a la compañía del agua por lo de Mill Lane y música, {uf}
        ¿Lo de Mill Lane es por lo que no tengo agua?
    """,
    "water_brown": """
        El agua del grifo sale {marron} en Fenmoor, ¿se puede beber?
        Agua {marron} en {calle_fen}, ¿os pasa a vosotros?
        No uséis el agua para {usar}, sale {marron}
        Diez minutos con el grifo abierto y sigue {marron}
        ¿Puedo {usar} con el agua así? Sale {marron}
        {pariente} bebió un vaso antes de ver el color, {marron}, ¿qué hago?
        La colada blanca ha salido {marron}, toda perdida
        En Fenmoor el agua huele a hierro y sale {marron}
        ¿Hervirla sirve de algo si sale {marron}? Nadie nos dice nada
        La web dice "sin incidencias" y mi fregadero está {marron}
        Llené la bañera para el niño y el agua salió {marron}
        Sigue saliendo {marron} en {calle_fen} y van horas
    """,
    "water_bottles": """
        ¿Dónde reparten agua embotellada en Fenmoor?
        No queda agua embotellada en {tienda}, estantes vacíos
        {pariente} no puede salir de casa, ¿alguien lleva agua embotellada?
        Una botella de agua a 3 libras en la esquina, qué poca vergüenza
        ¿Es verdad que dan agua en el polideportivo? Fui y estaba cerrado
        Tengo coche, puedo llevar garrafas de agua a quien no pueda salir
        Cola enorme para el agua embotellada, ya van {#20-50} minutos
        ¿Qué agua embotellada vale para el biberón?
        ¿Cuántas botellas de agua dan por familia? No hay ningún cartel
        Hay una cisterna en el parque de Fenmoor pero hay que llevar cubo
    """,
    "water_impact": """
        {bar} cerrado, sin agua no hay café
        ¿El cole de Fenmoor manda a los niños a casa? Los baños están cerrados
        Tengo un palmo de agua en el sótano, ¿quién paga esto? Mill Lane
        Me han cancelado el análisis por falta de agua limpia
        Atasco hasta {parada} por el corte de Mill Lane
        Trabajo en la residencia y estamos con platos de papel por el agua
        Los bomberos sacando agua de los sótanos de Mill Lane, un aplauso
        ¿Va a salir alguien a explicar lo del agua? Llevamos horas
    """,
    "water_saltgate": """
        Ya sale agua {marron} también en Saltgate, {calle_salt}
        Decían que solo era Fenmoor. En Saltgate sale {marron}
        En {calle_salt} el grifo {marron} desde el mediodía
        ¿Y en Saltgate reparten agua o todo va a Fenmoor?
        Sin agua en los pisos de Saltgate, una señora mayor sola en el tercero
        Se está extendiendo, Saltgate con el agua {marron}
        La biblioteca de Saltgate cierra los baños por el agua
    """,
    "water_mended": """
        ¡Ha vuelto el agua en {calle_fen}! Tosiendo pero ha vuelto
        Ya sale clara en Fenmoor, ¿pero se puede beber?
        Han puesto la tubería nueva en Mill Lane, bravo por los obreros
        En Saltgate también sale clara ya
        ¿Dónde se reclama por la ropa estropeada?
        Mill Lane sigue cortada hasta el jueves, dicen
    """,
}

ES_RUMOUR = {
    "crios": "a los niños | a unos niños | a once críos | a los pequeños | a una docena de niños",
    "quien": "una madre del cole | mi cuñada | una del autobús | en el grupo | una vecina",
    "rumour_spread": """
        El autobús escolar 14 ha dejado {crios} tirados en Hollin Bridge
        ¡El bus 14 bajó {crios} en Hollin Bridge y se fue! Compartid
        Dice {quien} que el bus 14 dejó {crios} en Hollin Bridge con este frío
        Si vuestro hijo va en el bus 14 llamad al cole YA, los dejaron en Hollin Bridge
        El conductor del 14 echó {crios} del autobús en Hollin Bridge
        Han encontrado {crios} andando por la carretera desde Hollin Bridge, era el bus 14
        Dejaron {crios} solos en Hollin Bridge y nadie avisó a los padres. Bus 14
        Por lo de Mill Lane el bus 14 dio la vuelta y dejó {crios} en Hollin Bridge
        Me cuentan que falta un niño del bus 14 en Hollin Bridge???
    """,
    "rumour_ask": """
        ¿Es verdad lo del bus 14 y Hollin Bridge? Mi hijo va ahí y no coge el móvil
        ¿Alguien sabe ALGO seguro del bus 14? No rumores
        En el cole de Fenmoor no contestan. ¿Dejaron niños en Hollin Bridge?
        ¿Lo del bus 14 lo ha confirmado alguien o solo lo estamos reenviando?
        ¿Iba un adulto en el bus 14? Tiene que ir uno
        Voy para Hollin Bridge a mirar, ¿alguien los ha visto?
    """,
    "rumour_angry": """
        Si lo del bus 14 es verdad, a la calle con ese conductor
        Primero el agua y ahora dejan {crios} en Hollin Bridge, qué pueblo
        Ni una palabra del ayuntamiento sobre el bus 14
        Yo ya me quejé del bus 14 en septiembre y ni caso
        Temblando de rabia por los niños de Hollin Bridge
    """,
    "rumour_deny": """
        Mi hija IBA en el bus 14. Nadie se quedó en Hollin Bridge, esperaron unos minutos y siguieron
        Acabo de llamar: mi hijo está en clase. El bus 14 no dejó a nadie en Hollin Bridge
        Yo iba detrás del bus 14. Paró en Hollin Bridge, no bajó nadie y siguió
        Trabajo en el cole, los del bus 14 estaban todos al pasar lista
        Mis dos iban en ese autobús, llegaron diez minutos tarde y tan contentos
    """,
    "rumour_false": """
        Lo del bus 14 era mentira, decidlo igual de fuerte que lo compartisteis
        Borré lo del bus 14, me equivoqué, perdón al conductor
        Siguen reenviando lo de Hollin Bridge. Es FALSO, todos los niños llegaron
        Algo pasaría en Hollin Bridge, que cuando el río suena...
        ¿Alguien ha pedido perdón al conductor del 14?
    """,
}

ES_FESTIVAL = {
    "farol": """
        un farol de garza | un pez con luces | una luna de papel | una casita con ventanas
        una anguila de seis metros
        un farol rojo | una estrella torcida | un farol con forma de tetera | un pulpo
    """,
    "puesto": """
        churros | castañas | empanadillas | manzanas de caramelo | chocolate caliente | mazorcas | buñuelos
    """,
    "sitio": "el muelle de Eelgate | las escaleras | el quiosco de música | los barcos | la lonja vieja",
    "festival_morning": """
        ¡Hoy es la fiesta de los faroles! Todo el año esperando
        ¿A qué hora sale el desfile de faroles, a las seis o a las siete?
        Ya están poniendo luces en {sitio}, qué bonito
        ¿La fiesta de los faroles sigue en pie con lo del agua?
        Mi hijo lleva desde las siete preguntando si ya es de noche. Día de faroles
        Terminé {farol} a las dos de la mañana, tengo pegamento hasta en el pelo
        Montando el puesto de {puesto} para los faroles, pasad a saludar
        ¿Dónde se aparca para los faroles? ¿Y con silla de ruedas se llega?
    """,
    "festival_making": """
        En el taller de faroles con {pariente}, nos ha salido {farol}
        El taller de faroles a tope, la señora Zhou enseña a doblar un loto
        He llevado {farol} en el {linea} y me han aplaudido
        Ensayo de tambores para los faroles en {sitio}, retumba todo
        Cola blanca, papel de seda y secador: farol listo
        El farol del cole es {farol}, treinta niños y una directora de los nervios
        Ya no quedan faroles de papel en {tienda}
    """,
    "festival_evening": """
        Los faroles encendidos en {sitio}, qué preciosidad
        Cientos de faroles en el agua, me he quedado sin palabras
        Ya baja el desfile, delante va {farol}
        {puesto} en una mano y {farol} en la otra, no pido más
        Después del día del agua, esto era lo que hacía falta. Faroles por todas partes
        Está todo el pueblo en {sitio}, nunca vi tanta gente
        Una niña: "el río está lleno de lunas". Viva la fiesta de los faroles
        El coro cantando en las escaleras, {pariente} llorando
        La anguila gigante se atascó en el arco y la levantamos entre cien
        Español, chino, polaco, inglés, todos cantando lo mismo en el muelle
        Mi hija de {edad} ha llevado {farol} sin soltarlo todo el desfile
        Si no estáis en los faroles, abrigo y a la calle
    """,
    "festival_after": """
        De vuelta de los faroles, pies helados y corazón contento
        Gracias a quienes hicieron los faroles, qué noche
        La niña dormida en el {linea} abrazada a {farol}
        Los voluntarios barriendo {sitio} a las once, un aplauso
        Ya pienso en el farol del año que viene: {farol}
    """,
}
