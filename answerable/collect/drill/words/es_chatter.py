"""Spanish chatter: the small things of a day. Each rule is one topic."""

ES_CHATTER = {
    "weather": """
        Qué frío hace hoy en {calle}, se me caen las orejas
        Niebla cerrada en {barrio}, no se ve ni el semáforo
        Cuatro días de llovizna y yo con la ropa tendida en el pasillo
        Ha salido el sol y todo el mundo a la calle como caracoles
        ¿Alguien más oyó los truenos anoche o los soñé?
        Viento de esos que te peinan al revés
        Amanecer rosa sobre el río, menos mal que madrugo
        Dicen que mañana hiela, tapad las plantas
    """,
    "buses": """
        Llevo {#15-45} minutos esperando el {linea} en {parada}, {uf}
        Han pasado tres {linea} hacia el otro lado, ¿es una broma?
        El conductor del {linea} me ha esperado, todavía hay gente buena
        ¿El {linea} para en {parada} los domingos? La app dice una cosa y el cartel otra
        El {linea} lleno, una señora con un pavo vivo. No exagero
        Se me ha pasado la parada por ir mirando el móvil, {risa}
        ¿A qué hora sale el último {linea}? Salgo tarde de {curro}
    """,
    "football": """
        Otro {#0-2} a {#0-3}, los Eels me van a quitar años de vida
        Fichan a otro delantero y seguimos sin lateral izquierdo
        {pariente} me ha llevado al fútbol por primera vez, no entiendo nada y lo he pasado genial
        ¿Alguien para una pachanga el {dia}? Nos faltan dos
        El equipo de niñas ganó {#3-7} a {#0-2}, qué orgullo
        El bocadillo del campo a {libras}, eso sí que es robar
    """,
    "market": """
        Las naranjas del mercado están a precio de oro pero qué ricas
        He ido al mercado por perejil y he vuelto con una lámpara
        ¿Hay mercado este {dia}?
        La señora del puesto de quesos me ha llamado guapo, ya puedo morirme
        Busco a la que vendía {plato} los sábados, ¿ya no viene?
        Encontré plátano macho en {tienda}, aviso para caribeños con nostalgia
    """,
    "cafes": """
        ¿Dónde ponen café como el nuestro por {barrio}? Esto es agua sucia con espuma
        En {bar} me han dibujado un pez en el café
        Dos horas en {bar} estudiando con una sola manzanilla, perdón
        Han abierto un sitio de {plato} en {calle}, voy y os cuento
        {libras} por una tostada. Tostada. De pan
        ¿Algún sitio tranquilo para llevar a {pariente} a comer el {dia}?
    """,
    "lostpets": """
        Se ha perdido {mascota}, {bicho} {pelo}, por {calle}. Cualquier cosa avisad, {gracias}
        He encontrado un {bicho} {pelo} sin collar cerca de {parada}, ¿de quién es?
        ¡{mascota} ha vuelto! Olía a pescado y venía con hambre de tres días
        ¿Habéis visto un {bicho} por {barrio}? {pariente} no para de llorar
        El {bicho} de los carteles está en mi jardín, que alguien me llame
    """,
    "pets": """
        {mascota} ha aprendido a abrir la puerta. Se acabó la intimidad
        El {bicho} del vecino viene a cenar a casa, ya tiene plato
        Le he puesto un jersey a {mascota} y no me habla
        Hoy {mascota} cumple {#7-18} años, le hemos hecho una tarta de sardinas
        El veterinario dice que {mascota} está a dieta. {mascota} no está de acuerdo
    """,
    "homework": """
        ¿Alguien entiende los deberes de {asignatura}? Tengo dos carreras y no me sale
        Mañana hay que llevar {cosa_cocina} al cole y me lo dice ahora, a las diez
        {pariente} ha sacado un {#7-10} en {asignatura}, hoy se cena lo que quiera
        Maqueta del sistema solar para mañana. Plutón es un garbanzo
        ¿Mañana van de uniforme o no? No encuentro la nota
        Dictado en inglés con {edad} años, y yo aprendiendo al lado
    """,
    "children": """
        Mi hijo de {edad} años me ha preguntado si los peces tienen sed
        "Mamá, cuando tú eras en blanco y negro..." {edad} años
        Primer diente fuera, el ratoncito anda sin cambio
        Dos horas para dormir al bebé y llaman al timbre
        La niña dice que ahora se llama Capitana y hay que llamarla así
        Ha salido de casa con un zapato de cada. Yo, no el niño
    """,
    "recipes": """
        Hoy {plato} como los de mi abuela, a ver si salen
        ¿Dónde compro {cosa_cocina} por aquí? En {tienda} no tienen
        Se me han quemado las {plato}, la casa huele a tragedia
        Secreto de mis {plato}: {cosa_cocina} y paciencia
        ¿A las {plato} les ponéis {cosa_cocina} o estoy yo loca?
        He hecho {plato} para doce y somos tres, pasad por casa
        {nombre} me ha traído {plato} porque me oyó toser. Así da gusto
        Tortilla con cebolla. No se hable más
    """,
    "garden": """
        El limonero ha echado una flor en noviembre, no entiende el país
        La helada se ha llevado mis tomates, descansen en paz
        ¿Alguien quiere esquejes? Tengo la ventana que parece la selva
        En los huertos me han regalado un repollo más grande que {pariente}
        Los caracoles van ganando
    """,
    "sleep": """
        Las {#2-4} y yo mirando el techo
        ¿Quién más está despierto? Turno de noche en {curro}
        Un zorro gritando en {calle}, casi llamo a la policía
        El bebé dice que es de día. Son las {#3-5}
        He soñado que perdía el {linea} y lo conducía {pariente}
        No puedo dormir pensando en lo que dije en una boda en {#2005-2016}
    """,
    "work": """
        Primer día en {curro}, ya me he perdido dos veces
        {pariente} ha encontrado trabajo!!! por fin
        Reunión que podía ser un correo, {#8-14} personas
        Salgo de {curro} sin sentir los pies
        ¿Alguien sabe si contratan en {curro}? Tengo carnet y ganas
        Me han pagado mal la nómina otra vez, {uf}
        Turno doble hoy, que alguien me guarde {plato}
    """,
    "asking": """
        ¿Me recomendáis {oficio} por {barrio}? {gracias}
        Busco {oficio} que hable español, {gracias}
        ¿Dónde se hace el papeleo del padrón aquí? Llevo la mañana dando vueltas
        ¿Qué médico coge pacientes nuevos en {barrio}?
        ¿Hay misa en español algún domingo?
        ¿Sabéis si {tienda} abre el {dia}?
        Clases de inglés gratis, ¿queda sitio en la biblioteca?
    """,
    "selling": """
        Regalo {trasto}, a recoger en {calle}
        Vendo {trasto}, {libras}, casi sin usar
        Busco {trasto}, pago en {plato}
        Cambio {trasto} por {plato}
        Sigue disponible: {trasto}. Si no, al contenedor el {dia}
    """,
    "lostfound": """
        He perdido {perdido} cerca de {parada}, {gracias}
        Encontrado en el {linea}: {perdido}. Lo dejo en {tienda}
        A quien devolvió {perdido}: no sé quién eres pero te quiero
    """,
    "neighbours": """
        El de arriba ha empezado con la batería. A su edad
        {nombre} me ha subido la compra porque me vio con muletas, un sol
        Taladro un {dia} a las ocho, {uf}
        Hoy he recogido {#2-5} paquetes de los vecinos, soy correos
        En la escalera huele a {plato}, ¿a quién hay que hacerle la pelota?
    """,
    "roads": """
        El bache de {calle} ya tiene código postal
        Farola apagada en {calle} desde hace {#2-6} semanas, ¿a quién se avisa?
        Me han multado por {#3-8} minutos
        Obras en {calle} y nadie trabajando, precioso
        Han aparcado encima de la acera y no paso con el carrito
        Basura sin recoger otra vez en {barrio}
    """,
    "health": """
        Resfriado nivel arrastrarme hasta la cocina
        Me he puesto la vacuna, la enfermera un encanto
        {#12-30} en la cola del teléfono del médico, con musiquita
        Primer día de correr en años, me ha adelantado un señor con bastón
        A {pariente} le han dado el alta!! gracias a todos
    """,
    "telly": """
        Sin destripes de {serie} que voy por el tercero
        He llorado con {serie} como si fueran de la familia
        {pariente} se duerme con {serie} y luego pregunta quién es ese
        Recomendad algo, me he acabado {serie} en dos noches
    """,
    "tech": """
        El móvil se ha actualizado solo y ahora no encuentro nada
        ¿Se ha caído internet en {barrio} o soy yo?
        He mandado el audio a quien no era. Me mudo
        La impresora, ese ser vivo con rencor
    """,
    "milestones": """
        ¡Aprobé el carnet a la {#2-5}! Cuidado en {calle}
        {pariente} cumple {#60-95} y quiere karaoke
        Ya tenemos llaves del piso. No hay horno, hay ilusión
        {#10-40} años casados y sigue sin encontrar el cajón de los cubiertos
        Hoy hace {#2-12} años que llegué a Brackwater con una maleta
        Me han dado la nacionalidad. He llorado en el {linea}
    """,
    "homesick": """
        Echo de menos el ruido de mi calle. Aquí a las seis no hay nadie
        Videollamada con los de casa, seis hablando a la vez, qué gusto
        He encontrado {plato} en {calle} y casi abrazo al cocinero
        ¿Hay grupo de {dia} para hablar español? Aunque sea para quejarnos
        Mi madre pregunta si como bien. Le mando fotos de {plato} de otra gente
    """,
    "musings": """
        ¿Por qué nadie silba ya?
        Hay dos clases de personas y las dos están delante de mí en {tienda}
        Si saludas al conductor te saluda. Alegría gratis
        El otoño aquí huele a hojas y a chimenea, no está mal
        Hoy no me pasa nada y qué bien
        He dicho "sorry" a una farola. Ya soy de aquí
        Un cisne me ha quitado el bocadillo y nadie me cree
    """,
    "money": """
        ¿Habéis visto a cuánto está la mantequilla?
        La factura de la luz la he vuelto a meter en el sobre
        {libras} que encontré en el abrigo, hoy invito yo
        La compra de la semana {#50-95} libras y no hay nada para cenar
    """,
    "hobbies": """
        Clase de salsa en el centro, dos pies izquierdos y muy feliz
        En el coro necesitan voces graves, hombres de Brackwater, salid de casa
        Me he apuntado a cerámica, he hecho un cenicero y nadie fuma
        Ajedrez los {dia} en {bar}, nivel torpe, bienvenidos
        He terminado la bufanda, mide {#2-4} metros, no sabía parar
    """,
}
