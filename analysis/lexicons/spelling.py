"""British and American spellings of single English words; a help for finding gaps, no dictionary."""

import re

_PAIRS = dict(
    pair.split("/")
    for pair in """
    analys/analyz paralys/paralyz catalys/catalyz armour/armor behaviour/behavior candour/candor clamour/clamor colour/color
    demeanour/demeanor endeavour/endeavor favour/favor fervour/fervor glamour/glamor harbour/harbor honour/honor humour/humor
    labour/labor neighbour/neighbor odour/odor rancour/rancor rigour/rigor rumour/rumor saviour/savior savour/savor
    splendour/splendor tumour/tumor valour/valor vapour/vapor vigour/vigor centre/center fibre/fiber
    meagre/meager sombre/somber spectre/specter theatre/theater calibre/caliber defence/defense offence/offense
    pretence/pretense catalogue/catalog programme/program grey/gray cheque/check sceptic/skeptic mould/mold plough/plow
    metre/meter litre/liter dialogue/dialog analogue/analog
    fulfil/fulfill enrol/enroll instil/instill skilful/skillful wilful/willful manoeuvre/maneuver anaemi/anemi paediatric/pediatric
    haemorrhag/hemorrhag oestrogen/estrogen foetus/fetus foetal/fetal judgement/judgment acknowledgement/acknowledgment
    ageing/aging
    """.split()
)
# Verbs that double their l before an ending in British spelling only.
_IN_L = """cancel channel counsel dial duel equal fuel initial label level libel marshal marvel model panel quarrel rival shovel signal
    total travel tunnel unravel""".split()
_PAIRS |= {f"{verb}l{ending}": f"{verb}{ending}" for verb in _IN_L for ending in ("ed", "ing", "er", "or")}
_AMERICAN = {american: british for british, american in _PAIRS.items()}
# "check", "program" and "meter" are words of British English too.
_ONE_WAY = ("check", "program", "fulfill", "enroll", "instill", "catalog", "meter", "analog", "dialog")
_ISE = re.compile(r"([a-z]{3,})i([sz])(e|ed|es|er|ers|ing|ation|ations|ational)(\*?)")
# Stems of words that end alike in both spellings, such as "advise" and "capsize".
_ALWAYS = {
    "s": frozenset(
        """adv advert appra appr chast circumc compr comprom conc counterpo cru dem desp dev disgu enfranch disfranch enterpr
        exc exerc expert franch improv inc merchand misadv porpo pra prec prem prom repr rev superv surm surpr telev tort
        treat upr sunr bru fra""".split()
    ),
    "z": frozenset("caps downs overs outs supers".split()),
}
# These pairs differ in what stands before an ending, so only the bare word and its plural are turned.
_BARE = ("re", "ue", "me", "er", "og")
_LATIN = re.compile(r"(?:i?ous|ar|if|at|ist|i[sz])")


def other_spelling(text: str) -> str:
    """Return the American form of a word in British spelling, or the British of an American one, "" where there is none."""
    match = _ISE.fullmatch(text)
    if match:
        other = "z" if match[2] == "s" else "s"
        return "" if match[1] in _ALWAYS[match[2]] else f"{match[1]}i{other}{match[3]}{match[4]}"
    for one, other in (*_PAIRS.items(), *_AMERICAN.items()):
        done = len(other) > len(one) and text.startswith(other)
        if text.startswith(one) and not done and one not in _ONE_WAY:
            rest = text[len(one) :]
            # "humorous" and "honorary" are spelt so on both sides; "centred" is no "centerd".
            alike = one in _AMERICAN and _LATIN.match(rest)
            return "" if alike or (one.endswith(_BARE) and rest not in ("", "s", "*")) else other + rest
    return ""
