"""Words that ask for a person by themselves: danger, the law, anger.

Matched before the language understanding and whatever language the person is thought to write.
Phrases rather than words: a dog at the gate and a gas bottle in a box are everyday matters. Accents
and case do not matter; a star stands for the rest of a word, a gap for up to three words.
"""

from collections.abc import Mapping

# Somebody is hurt or threatened, or something burns, leaks or was hit.
SAFETY: Mapping[str, str] = {
    "en": """
        hit my car, hit my gate, hit my wall, hit my fence, hit my dog, hit my cat, hit my
        son, hit my daughter, hit and damaged my, hit our car, hit me, ran over, crashed
        into, knocked me over, drove over my, reversed into my, injury, injuries, injured,
        an ambulance, bleeding, bit me, bit my, bit our, was bitten, been bitten, attacked,
        assaulted, threaten*, punched, pushed me, shoved me, hurt me, is hurt, got hurt, was
        hurt, scared of the driver, scared of your driver, feel unsafe, feel threatened, on
        fire, caught fire, is burning, is smoking, gas leak*, smell* of gas, smells like
        gas, chemical smell, leaking chemical*, leaking acid, explosion, explosive*, a
        weapon, a knife at, a gun, call* the police, drunk driv*, driver was drunk, driver
        is drunk, i will kill, i'll kill, kill myself
    """,
    "de": """
        mein auto angefahren, mein auto gerammt, mich angefahren, wurde angefahren,
        umgefahren, mich überfahren, in mein auto gefahren, verletzt, verletzung*,
        krankenwagen, notarzt, blutet, gebissen, mich angegriffen, bedroht, droht mir, mich
        geschlagen, mich geschubst, angst vor dem fahrer, es brennt, brennt _ paket, paket
        brennt, raucht _ paket, paket raucht, gasgeruch, riecht nach gas, läuft _ säure,
        chemikalien aus, explosion, eine waffe, polizei rufen, polizei gerufen, fahrer war
        betrunken, fahrer ist betrunken, bringe _ um, umbringen
    """,
    "es": """
        chocó con mi, chocó contra mi, golpeó mi coche, golpeó mi carro, atropelló,
        atropellado, atropellada, herido, herida, heridos, una ambulancia, sangrando,
        mordió, mordido, mordida, me atacó, agredió, agredido, agresión, amenaz*, me pegó,
        me empujó, tengo miedo del, se está quemando, está ardiendo, en llamas, un incendio,
        echa humo, huele a gas, fuga de gas, fuga de ácido, explosión, un arma, llamar a la
        policía, llamo a la policía, conductor borracho, estaba borracho, voy a matar
    """,
    "fr": """
        percuté ma voiture, rentré dans ma voiture, embouti ma voiture, renversé mon fils,
        renversé ma fille, renversé mon chien, m'a renversé, écrasé mon chien, écrasé mon
        chat, blessé, blessée, blessés, blessure*, une ambulance, saigne, mordu, mordue, m'a
        attaqué, agressé, agressée, agression, menacé, menacée, menaces, m'a frappé, m'a
        poussé, j'ai peur du livreur, j'ai peur de lui, en feu, prend feu, est en train de
        brûler, un incendie, odeur de gaz, sent le gaz, fuite de gaz, fuite d'acide,
        explosion, une arme, appeler la police, appelle la police, chauffeur ivre, livreur
        ivre, était ivre, je vais tuer
    """,
}
# The matter is about to leave our hands.
LEGAL: Mapping[str, str] = {
    "en": """
        my lawyer*, my solicitor*, my attorney, our lawyer*, our solicitor*, get a lawyer,
        ombudsman, small claims, take you to court, see you in court, legal action, sue you,
        suing you, trading standards, the regulator, better business bureau, chargeback
    """,
    "de": """
        meinen anwalt, mein anwalt, meine anwältin, meiner anwältin, zum anwalt, einen
        anwalt, rechtliche schritte, verklage*, anzeige erstatten, bundesnetzagentur,
        schlichtungsstelle, verbraucherzentrale, vor gericht, datenschutzbehörde
    """,
    "es": """
        mi abogad*, un abogado, una abogada, demandarles, demandaros, denunciarles,
        denunciaros, voy a demandar, voy a denunciar, acciones legales, tribunales, defensor
        del consumidor, hoja de reclamaciones, oficina del consumidor
    """,
    "fr": """
        mon avocat*, prendre un avocat, porter plainte, porte plainte, action en justice,
        poursuites, au tribunal, médiateur, dgccrf, ufc que choisir
    """,
}
# Heard twice within a few messages, it is time for a person.
ANGER: Mapping[str, str] = {
    "en": """
        ridiculous, useless, unacceptable, furious, angry, pissed off, disgust*, disgrace*,
        pathetic, a joke, sick of, fed up, worst, outrag*, shambles, incompetent, idiot*,
        stupid, bullshit, shit*, crap, fuck*, bloody hell, wtf, damn, liar*, scam*, rubbish
        service
    """,
    "de": """
        lächerlich, unverschämt*, frechheit, sauer auf, stinksauer, wütend, unfassbar,
        saftladen, schnauze voll, nase voll, reicht mir, es reicht, zum kotzen, scheiß*,
        scheiss*, verarsch*, idiot*, unfähig*, katastrophe, sauerei, skandal, lügner*,
        betrüger*, verdammt*
    """,
    "es": """
        ridículo, inaceptable, vergüenza, vergonzos*, indignad*, enfadad*, cabread*,
        furios*, hart* de, inútil, incompetent*, idiota*, estúpid*, mierda, joder, coño,
        hostia, pésimo, desastre, estafa*, mentiros*, tomadura de pelo
    """,
    "fr": """
        ridicule, inadmissible, inacceptable, honte, honteux, furieux, furieuse, en colère,
        marre, ras le bol, scandaleux, scandale, incompétent*, idiot*, stupide*, merde,
        putain, foutre, fout* de moi, n'importe quoi, escroc*, menteur*, nul
    """,
}
