"""Pages that hold no article: of a server that refuses, of a wall before the article, of a check on robots."""

import re

_LONGEST = 150  # words: what is longer is an article, whatever its title
_CODE = r"(?:http )?(?:error|status|fehler|erreur)?[\s:]*(?:40[0-9]|410|429|451|50[0-4]|52[0-9])"
_MISSING = r"(?:found|exists?|available|gefunden|trouvée?|encontrad[oa]|trovat[oa]|gevonden)"
# Whole titles, so that an article about a refusal is none.
_TITLES = (
    _CODE,
    rf"{_CODE}\W+(?:error|(?:page |file )?not found|forbidden|unauthori[sz]ed|bad gateway|gone|access denied|too many requests"
    rf"|(?:service )?(?:temporarily )?unavailable|gateway time-?out|internal server error|.*\b{_MISSING})\b.{{0,40}}",
    r"(?:sorry\W+)?(?:we|you) (?:can[’']?t|cannot|could ?n[’']?t) find (?:the|that|this) (?:page|article|url).{0,40}",
    r"(?:sorry\W+)?(?:the|this|that) (?:requested )?(?:page|url|link|article|story)(?: you[’']?(?: a?re| were)? (?:requested|looking for))?"
    rf" (?:was not|is not|isn[’']t|is no longer|could not be|can ?not be|can[’']t be|does not|doesn[’']t|no longer) {_MISSING}.{{0,40}}",
    r"(?:page|url|article|story|file|content|document) (?:was |is |can ?not be |could not be )?(?:not found|unavailable|no longer available)",
    r"(?:not found|forbidden(?: url)?|unauthori[sz]ed|bad gateway|bad request|internal server error|gateway time-?out|too many requests)",
    r"(?:(?:service|site|temporarily) (?:temporarily )?unavailable|(?:under|down for|site) maintenance)",
    r"access (?:to this (?:page|site|website) )?(?:has been |is |was )?(?:denied|blocked|restricted|forbidden)",
    r"(?:just a moment|one moment,? please|please wait(?: a moment)?|attention required!?(?:\W*cloudflare)?|pardon our interruption)",
    r"(?:are you (?:a )?(?:robot|human)|robot check|security (?:check|checkpoint|verification)|captcha|human verification|ddos-guard)",
    r"(?:checking your browser|verify(?:ing)? (?:that )?you are (?:a )?human).{0,60}",
    r"(?:please )?(?:enable|turn on) (?:javascript|cookies|js)\b.{0,60}",
    r"(?:javascript (?:is )?(?:required|disabled)|before you continue(?: to .{0,40})?|(?:we value )?your privacy)",
    r"cookie (?:consent|settings|policy)",
    r"(?:subscribe|log ?in|sign in|register) to (?:continue|read|keep reading)\b.{0,40}",
    r"(?:diese )?seite (?:wurde |konnte )?nicht gefunden(?: werden)?|zugriff verweigert",
    r"page (?:non trouvée|introuvable)|accès (?:refusé|interdit)|página no encontrada|acceso denegado",
    r"pagina non trovata|accesso negato|página não encontrada|acesso negado|pagina niet gevonden|toegang geweigerd",
    r"sidan (?:hittades inte|kunde inte hittas|finns inte)|siden (?:blev|ble) ikke funnet|siden findes ikke",
    r"nie znaleziono strony|strona nie istnieje|odmowa dostępu",
)
_TITLE = re.compile(rf"(?:{'|'.join(_TITLES)})\W*", re.IGNORECASE)


def refusal_of(titles: list[str], n_words: int) -> str:
    """Return the title of a page, of those displayed and stated, by which it is no article; "" if it is one."""
    if n_words >= _LONGEST:
        return ""
    return next((title for title in titles if title and _TITLE.fullmatch(title)), "")
