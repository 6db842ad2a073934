"""The names of months and weekdays in dates, as `dates` compares them, and the dates of East Asia."""

import re
import unicodedata

# A table rather than Babel, which weighs 32 MB and would come only for these; a test compares it with CLDR.
# Without accents and full stops, in the interface languages of the archives: English, German, French, Spanish, Italian, Dutch,
# Portuguese, Catalan, Swedish, Danish, Norwegian, Finnish, Polish, Czech, Hungarian, Romanian, Turkish, Indonesian, Greek,
# Russian, Ukrainian and Arabic. A weekday of one or two letters that means another elsewhere is left out.
MONTHS = {
    word: number
    for number, words in enumerate(
        (
            "january jan januar janner jaenner janvier janv enero ene gennaio gen januari janeiro gener "
            "tammikuuta tammi tammikuu stycznia sty styczen ledna led leden ianuarie ian ocak oca ιανουαριου ιαν "
            "ιανουαριος января янв январь січня січ січень يناير",
            "february feb februar fevrier fevr fev febrero febbraio februari fevereiro febrer febr helmikuuta "
            "helmi helmikuu lutego lut luty unora uno unor februarie subat sub φεβρουαριου φεβ φεβρουαριος "
            "февраля февр фев февраль лютого лют лютии فبراير",
            "march mar marz maerz mrz mars marzo maart mrt marco marc marts maaliskuuta maalis maaliskuu marca "
            "marzec brezna bre brezen marcius martie mart maret μαρτιου μαρ μαρτιος марта мар март березня бер "
            "березень مارس",
            "april apr avril avr abril abr aprile huhtikuuta huhti huhtikuu kwietnia kwi kwiecien dubna dub duben "
            "aprilis aprilie nisan nis απριλιου απρ απριλιος апреля апр апрель квітня квіт квітень ابريل",
            "may mai mayo maggio mag mei maio maig maj toukokuuta touko toukokuu maja kvetna kve kveten majus "
            "mayıs μαιου μαι μαιος мая маи травня трав травень مايو mayis",
            "june jun juni juin junio giugno giu junho juny kesakuuta kesa kesakuu czerwca cze czerwiec cervna "
            "cvn cerven junius iunie iun haziran haz ιουνιου ιουν ιουνιος июня июн июнь червня черв червень يونيو",
            "july jul juli juillet juil julio luglio lug julho juliol heinakuuta heina heinakuu lipca lip lipiec "
            "cervence cvc cervenec julius iulie iul temmuz tem ιουλιου ιουλ ιουλιος июля июл июль липня лип "
            "липень يوليو",
            "august aug aout agosto ago augustus agost augusti elokuuta elo elokuu sierpnia sie sierpien srpna "
            "srp srpen augusztus agustos agu agustus αυγουστου αυγ αυγουστος августа авг август серпня серп "
            "серпень اغسطس",
            "september sep sept septembre septiembre settembre set setembro setembre syyskuuta syys syyskuu "
            "wrzesnia wrz wrzesien zari zar szeptember szept septembrie eylul eyl σεπτεμβριου σεπ σεπτεμβριος "
            "сентября сент сен сентябрь вересня вер вересень سبتمبر",
            "october oct oktober okt octobre octubre ottobre ott outubro out lokakuuta loka lokakuu pazdziernika "
            "paz pazdziernik rijna rij rijen octombrie ekim eki οκτωβριου οκτ οκτωβριος октября окт октябрь "
            "жовтня жовт жовтень اكتوبر",
            "november nov novembre noviembre novembro marraskuuta marras marraskuu listopada lis listopad "
            "listopadu noiembrie kasım kas νοεμβριου νοε νοεμβριος ноября нояб ноя ноябрь листопада лист листопад "
            "نوفمبر kasim",
            "december dec dezember dez decembre diciembre dic dicembre dezembro desembre des desember joulukuuta "
            "joulu joulukuu grudnia gru grudzien prosince pro prosinec decembrie aralık ara δεκεμβριου δεκ "
            "δεκεμβριος декабря дек декабрь грудня груд грудень ديسمبر aralik",
        ),
        start=1,
    )
    for word in words.split()
}
WEEKDAYS = {
    word: number
    for number, words in enumerate(
        (
            "monday mon montag mo lundi lun lunes lunedi maandag ma segunda seg dilluns mandag man maanantaina "
            "maanantai poniedziałek pon pondeli hetfo luni pazartesi pzt senin sen δευτερα δευ понедельник пн "
            "понеділок الاثنين",
            "tuesday tue tues dienstag di mardi martes martedi dinsdag terca ter dimarts tisdag tis tirsdag tirs "
            "tir tiistaina tiistai wtorek utery kedd marti salı sal selasa sel τριτη τρι вторник вт вівторок "
            "الثلاثاء sali",
            "wednesday wed mittwoch mi mercredi mer miercoles mie mercoledi woensdag wo quarta qua dimecres "
            "onsdag ons keskiviikkona keskiviikko sroda streda szerda sze miercuri carsamba car rabu rab τεταρτη "
            "τετ среда ср середа الاربعاء",
            "thursday thu thur thurs donnerstag do jeudi jeu jueves jue giovedi gio donderdag quinta qui dijous "
            "torsdag tors tor torstaina torstai czwartek czw ctvrtek csutortok joi persembe per kamis kam πεμπτη "
            "πεμ четверг чт четвер الخميس",
            "friday fri freitag fr vendredi ven viernes vie venerdi vrijdag vr sexta sex divendres fredag fre "
            "perjantaina perjantai piatek patek pentek vineri vin cuma cum jumat jum παρασκευη παρ пятница пт "
            "пятница الجمعة",
            "saturday sat samstag sonnabend sa samedi sam sabado sab sabato zaterdag za dissabte lordag lor "
            "lørdag lør lauantaina lauantai sobota sob szombat szo sambata cumartesi cmt sabtu σαββατο σαβ "
            "суббота сб субота السبت",
            "sunday sun sonntag so dimanche dim domingo dom domenica zondag zo diumenge sondag son søndag søn "
            "sunnuntai niedziela niedz nedele vasarnap duminica dum pazar minggu min κυριακη κυρ воскресенье вс "
            "неділя нд الاحد",
        )
    )
    for word in words.split()
}
FILLERS = frozenset("the of on am den de del el le feira st nd rd th er d г года р року r roku".split())


_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "民國": 1911, "民国": 1911}
_EAST_ASIAN_DAY = re.compile(
    rf"(?:(?P<era>{'|'.join(_ERAS)}) ?(?P<of_era>\d{{1,3}}|元)|(?P<year>\d{{4}})) ?[年년]"
    r" ?(?P<month>\d{1,2}) ?[月월](?: ?(?P<day>\d{1,2}) ?[日號号일])?"
)
_EAST_ASIAN_CLOCK = re.compile(
    r"上午|下午|午前|午後|凌晨|早上|中午|晚上|오전|오후|\d{1,2} ?[時时点點시](?: ?\d{1,2} ?[分분])?(?: ?\d{1,2} ?[秒초])?"
)
_EAST_ASIAN_WEEKDAYS = ("月월一", "火화二", "水수三", "木목四", "金금五", "土토六", "日일天")
_EAST_ASIAN_WEEKDAY = re.compile(
    r"(?:星期|周|週|礼拜|禮拜)([一二三四五六日天])|([月火水木金土日])曜日?|([월화수목금토일])요일"
    r"|[(\[]([月火水木金土日월화수목금토일一二三四五六])[)\]]"
)


def plain(text: str) -> str:
    """Return a date in lower case, without accents and invisible characters, its digits those of ASCII, with single spaces."""
    if not text.isascii():
        kept = (char for char in unicodedata.normalize("NFKD", text) if unicodedata.category(char) not in ("Mn", "Cf"))
        digits = (str(unicodedata.decimal(char)) if char.isdecimal() else char for char in kept)
        # Hangul, which fell apart into its letters, is put together again.
        text = unicodedata.normalize("NFC", "".join(digits)).replace("’", "'")
    return " ".join(text.lower().split())


def without_east_asian(text: str) -> tuple[str, int | None]:
    """Return a plain date with 2021年3月2日 as 2021-3-2, without weekday and clock in Chinese, Japanese or Korean, and the weekday."""
    if text.isascii():
        return text, None
    weekday = _EAST_ASIAN_WEEKDAY.search(text)
    text = _EAST_ASIAN_CLOCK.sub(" ", _EAST_ASIAN_WEEKDAY.sub(" ", text))
    text = _EAST_ASIAN_DAY.sub(_in_numbers, text)
    if not weekday:
        return text, None
    sign = next(filter(None, weekday.groups()))
    return text, next(number for number, signs in enumerate(_EAST_ASIAN_WEEKDAYS) if sign in signs)


def _in_numbers(day: re.Match[str]) -> str:
    number = 1 if day["of_era"] == "元" else int(day["of_era"] or 0)
    year = day["year"] or _ERAS[day["era"]] + number
    return f" {year}-{day['month']}-{day['day']} " if day["day"] else f" {year}-{day['month']} "
