"""Words that ask for a person by themselves: danger, the law, anger.

Matched before the language understanding and whatever language the person is thought to write.
Phrases rather than words: a dog at the gate and a gas bottle in a box are everyday matters. Accents
and case do not matter; a star stands for the rest of a word, a gap for up to three words.
"""

from collections.abc import Mapping

# Somebody is hurt or threatened, or something burns, leaks or was hit.
SAFETY: Mapping[str, str] = {
    "en": """
        hit _ my car, hit _ my gate, hit _ my wall, hit _ my fence, hit _ my dog, hit _ my cat,
        hit _ my child*, hit _ my kid*, ran over, ran into my, crashed into, knocked me over,
        knocked over my, drove over, reversed into, injur*, ambulance, bleeding, bit me, bitten,
        bit my, attacked, assault*, threaten*, punched, pushed me, shoved me, hurt me,
        is hurt, got hurt, was hurt, i am scared, i'm scared, i feel unsafe, feel threatened,
        on fire, caught fire, is burning, is smoking, gas leak, smell* of gas, smells like gas,
        chemical*, acid, poison*, explo*, weapon, knife to, gun, call* the police, drunk driv*,
        driver was drunk, driver is drunk, i will kill, i'll kill, kill you, kill him, kill myself
    """,
    "de": """
        mein auto angefahren, mein auto gerammt, auto beschädigt, angefahren, umgefahren,
        überfahren, in mein auto gefahren, verletz*, krankenwagen, notarzt, blutet, gebissen,
        angegriffen, bedroht, droht mir, geschlagen, geschubst, habe angst, es brennt,
        brennt _ paket, paket brennt, raucht _ paket, paket raucht, gasgeruch,
        riecht nach gas, chemikalie*, säure,
        giftig*, explo*, waffe, polizei rufen, polizei gerufen, fahrer war betrunken,
        fahrer ist betrunken, bringe _ um, umbringen
    """,
    "es": """
        chocó con mi, chocó contra mi, golpeó mi coche, golpeó mi carro, golpeó la puerta,
        atropell*, herid*, ambulancia, sangra*, mordió, mordido, atacó, agredi*, amenaz*,
        me pegó, me empujó, tengo miedo, se quema, está ardiendo, en llamas, incendio, echa humo,
        huele a gas, fuga de gas, producto* químico*, ácido, venen*, explot*, explos*, arma,
        llamar a la policía, llamo a la policía, conductor borracho, estaba borracho, voy a matar
    """,
    "fr": """
        percuté ma, percuté mon, rentré dans ma, rentré dans mon, embouti*, renversé mon,
        renversé ma, écrasé mon, écrasé ma, bless*, ambulance, saigne*, mordu*, attaqué*,
        agress*, menac*, frappé, poussé violemment, j'ai peur, en feu, prend feu, brûle,
        incendie, fume _ colis, odeur de gaz, sent le gaz, fuite de gaz, produit* chimique*, acide,
        poison, explos*, arme, appeler la police, appelle la police, chauffeur ivre, livreur ivre,
        était ivre, je vais tuer
    """,
}
# The matter is about to leave our hands.
LEGAL: Mapping[str, str] = {
    "en": """
        lawyer, solicitor, attorney, ombudsman, small claims, take you to court, see you in court,
        legal action, sue you, suing you, trading standards, regulator, better business bureau,
        data protection, gdpr, chargeback
    """,
    "de": """
        anwalt, anwältin, rechtsanwalt, rechtsanwältin, rechtliche schritte, verklage*,
        anzeige erstatten, bundesnetzagentur, schlichtungsstelle, verbraucherzentrale, gericht,
        datenschutz*, dsgvo
    """,
    "es": """
        abogad*, demandar*, denunciar*, voy a denunciar, acciones legales, tribunal*, juzgado,
        defensor del consumidor, hoja de reclamaciones, oficina del consumidor,
        protección de datos, rgpd
    """,
    "fr": """
        avocat*, porter plainte, porte plainte, poursuites, action en justice, tribunal, médiateur,
        dgccrf, que choisir, protection des données, rgpd
    """,
}
# Heard twice within a few messages, it is time for a person.
ANGER: Mapping[str, str] = {
    "en": """
        ridiculous, useless, unacceptable, furious, angry, pissed off, disgust*, disgrace*,
        pathetic, a joke, sick of, fed up, worst, outrag*, shambles, incompetent, idiot*, stupid,
        bullshit, shit*, crap, fuck*, f***, bloody hell, wtf, damn, liar*, scam*, rubbish service
    """,
    "de": """
        lächerlich, unverschämt*, frechheit, sauer auf, stinksauer, wütend, unfassbar, saftladen,
        schnauze voll, nase voll, reicht mir, es reicht, zum kotzen, scheiß*, scheiss*, verarsch*,
        idiot*, unfähig*, katastrophe, sauerei, skandal, lügner*, betrüger*, verdammt*
    """,
    "es": """
        ridículo, inaceptable, vergüenza, vergonzos*, indignad*, enfadad*, cabread*, furios*,
        hart* de, inútil*, incompetent*, idiota*, estúpid*, mierda, joder, coño, hostia, pésimo,
        desastre, estafa*, mentiros*, tomadura de pelo
    """,
    "fr": """
        ridicule, inadmissible, inacceptable, honte, honteux, furieux, furieuse, en colère,
        marre, ras le bol, scandaleux, scandale, incompétent*, idiot*, stupide*, merde, putain,
        foutre, fout* de moi, n'importe quoi, escroc*, menteur*, nul
    """,
}
