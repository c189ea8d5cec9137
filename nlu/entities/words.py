"""Words that stand where a name may stand, and are none."""

NOT_A_NAME = frozenset(
    """
    a about after afternoon again all also am an and another any anybody anyone anything apartment appartement april are around as
    asap at august away back be bed been before behind bell bin bins both buzzer buzz code codes intercom keypad pin keysafe combination password unit building block stairs security guard office clerk lift elevator key keys passcode entry box boy break building but by bye call can car care caretaker
    cash change cheers code colleague collect come concierge could couple course cousin customer daughter day days december deliver
    delivered delivery desk did do doctor does dog doing done door doorman dont driver early earlier either else evening ever every
    everyone family february few first flat for forgot friday friend from front gate get girl give go going gone good got great guy had
    half has have he hello help her here hers hey hi him his home hour house how hurry husband i if ill im in inside instead is it its
    ive january july june just keep know lady landlord last late later leave left let like line lobby local locker lol long lot love
    lunch machine mail make man manager march mate may maybe me middle mine minute moment monday month more morning most move much mum
    mom dad must my myself name near neighbor neighbors neighbour neighbours never new next nice night nineish no nobody noon nope not
    nothing november now number october of off office ok okay old on once one only open opposite option or order other others our out
    outside over package parcel parcels parents people person please pls plz point porch porter possible post postman possibly present
    put quick reception receptionist reply right ring road room round safe same sat saturday security see send september shall she shed
    shop should side sign signature sister six so soon someone somebody something somewhere son sorry spare staff start station still
    stop store street stuff sun sunday sure surname take talk tea ten than thank thanks that the their them then there these they thing
    think third this those three thurs thursday till time times to today together tomorrow tonight too track tracking two tues tuesday
    turn under unknown unless until up upstairs downstairs us van very via wait waiting want was we wed wednesday week weekend weeks
    well went were what whatever when where which who whoever why wife will with without woman work working would wrong yeah year yep
    amazon dhl dpd ups gls fedex evri hermes royal post yodel inpost netflix ikea gegensprechanlage sprechanlage sur lui
    try trying use enter press type changed phone call ring text parking
    yes yesterday yet you your yours zero four five seven eight nine eleven twelve mon tue thu fri jan feb mar apr jun jul aug sep oct
    nov dec ta thx ty cool fine yup nah ya sir madam dear hiya hallo hola bonjour salut urgent english spanish german french deutsch
    espanol francais stop help info status parcelshop pickup anyways whichever across nearest closest side gates garage garden

    abend abends aber abgeben alle allem alles als also am an andere anderen andermal auch auf aus bei beide beim bin bis bitte da
    danach danke dann darf das dass dein dem den denn der des dich die dies diese diesem diesen dir doch donnerstag dort drei drinnen du
    durch ein eine einem einen einer eines einfach er erst es etwas euch falls familie fehler frau freitag freund fruh frueh fur fuer
    gar garage geben gegen gehen geht gern gerne gestern guten haben habe hab hallo hat haus hausmeister herr heute hier hinter ich ihm
    ihn ihnen ihr im immer in ist ja jemand jemanden jetzt kann kein keine klar konnen koennen legen lieber liefern links machen mal
    man mann mein meine meinem meinen meiner mich mir mit mittag mittags mittwoch mochte moechte montag morgen morgens muss nach
    nachbar nachbarin nachbarn nachher nachmittag nachmittags nacht nachste nachsten naechste naechsten nah nahe name nebenan nee nein
    nicht nichts noch nun nur ob oben oder ohne ok okay paar paket pakete paketshop packstation passt post rechts rewe sagen samstag
    schon sehr sein seit sich sie sind so sofort sohn sollen sonntag sonst spater spaeter stehen tag tage tagen tochter uber uhr um und
    uns unser unten unter usw vielleicht vielen vom von vor vorne wann war warum was wegen weil wenn wer werden wie wieder will wir
    wird wo woche wochenende wohl wohnung wollen zu zum zur zuruck zwei zwischen vier funf sechs sieben acht neun zehn elf zwolf
    gegenuber gegenueber nimmt ab pfortner nr nummer turcode tuercode torcode zugangscode hauscode code klingel klingeln klingelt schlusselbox schlusselkasten
    lassen lasst lautet neu neuer neue neues stock etage erdgeschoss dame leute wohnt haustur tur tor drucken druckt hausnummer
    dienstag nachbarwohnung denen mittags irgendwer

    tapez composez sonnez sonner sonnette interphone digicode boite cles maison appart rentre reviens appelez
    accueil alors apres aide ami amie an ans apporter appartement au aucun aujourd'hui aujourdhui aussi autre autres aux avant avec avez
    avoir beaucoup bien bonjour bonsoir bureau ca ce cela celle celui ces cet cette ceux chaque chez chose ci client colis comme comment
    concierge contre cote coup dans de deja demain depuis derniere derriere des deux devant dimanche dire dis dois domicile donc
    donner du elle elles en encore ensuite entre es est et eu eux faire fait faut fille fils fois gardien gardienne gare gens heure
    heures hier ici il ils jamais je jeudi jour jours juste l'accueil l'adresse la laisser le les leur livraison livrer livreur lui
    lundi ma maintenant mais maison mardi mari matin me mercredi merci mere mes mettre midi moi mois moins mon monde ne ni nom non nos
    notre nous numero on ou oui par parents pas personne peu peut plus plutot point porte possible pour pourquoi pouvez premier pres
    prochain prochaine puis qu'il quand que quel quelqu'un quelquun qui quoi rendez-vous rien sa samedi sans se semaine ses si soir son
    sont sur svp ta tard te temps tes toi ton toujours tous tout toute toutes travail tres trois trop tu un une va vendredi vers veux
    vite voila voisin voisine voisins voisines voiture vos votre voudrais vous vrai y relais point-relais femme enfants collegue

    timbre telefonillo interfono marca pulsa teclea clave nueva nuevo contrasena portal puerta vuelvo regreso llego llamen llama llamame
    ahi ahora al alguien algo alli alguno ante antes aqui asi aun aunque ayer ayuda bien buenas bueno buenos cada casa casi caso cerca
    cliente codigo como con conmigo conserje contra correos cosa cual cualquier cuando cuanto de deje dejar dejarlo del dentro desde
    despues dia dias dice dime direccion domingo donde dos el ella ellas ellos en entonces entre entrega era es esa ese eso esta estan
    estar este esto estos estoy familia favor fin fuera gente gracias ha hace hacer hacia han hasta hay he hermana hermano hija hijo
    hola hora horas hoy igual jueves junto la las le les lo los luego lunes llamar manana mas marido martes me mediodia medio mejor mes
    mi miercoles mio mismo momento mucho mujer muy nada nadie ni ninguno no noche nombre nos nosotros nuestra nuestro nunca o otra otro
    otros padre padres paquete para pero persona piso poco podeis poder podria por porque porteria portero posible primero proxima
    proximo pueda puede pueden puedo pues punto que quien quiero recepcion recoger repartidor sabado se segundo semana senor senora ser
    si siempre sin sobre sois solo son soy su sus tal tambien tampoco tan tarde te temprano tengo tienda tiene todo todos trabajo tres
    tu un una uno usted vale vamos ver vecina vecino vecinos vez viernes voy vuelta y ya yo alguna cartero mis suya suyo vosotros
    """.split()
)
