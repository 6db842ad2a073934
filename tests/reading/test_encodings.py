"""Own news text in each 8-bit and East Asian codec of Python: read right, or noted, or refused; never wrong in silence."""

import codecs
from encodings.aliases import aliases

import pytest

from analysis.core.errors import CorpusError
from analysis.reading import read
from analysis.reading.decoding import decode

# Ten words or more with letters outside ASCII each, written for this test: what a mayor says of a ferry.
SENTENCES = {
    "de": "Bürgermeisterin Grüß erklärte, die Fähre sei für Fußgänger künftig schöner, größer, gemütlicher und günstiger, hieß es später.",
    "fr": "Le maire a déclaré que la fermeture du bac était décidée après l’été, malgré les réserves exprimées à la préfecture.",
    "pl": "Burmistrz powiedział, że zagrożenie minęło, choć wściekłość mieszkańców wciąż rośnie, a łódź wróci później, być może jesienią.",
    "cs": "Starostka řekla, že přívoz zůstane, přestože úředníci příliš váhají a řeka může být v říjnu už příliš mělká.",
    "tr": "Belediye başkanı, vapurun kışın çalışacağını, ancak öğleden sonra güçlü rüzgâr yüzünden gecikeceğini söyledi; işçiler şaşırdı.",
    "ro": "Primarul a spus că ața și știrile false îi înșală pe locuitori, însă și părinții își așteaptă încă bacul în oraș.",
    "ru": "Мэр заявил, что паром останется на линии, несмотря на слабую поддержку совета и возражения жителей города.",
    "uk": "Мер заявив, що пором залишиться на лінії, попри слабку підтримку ради та заперечення мешканців їхнього міста.",
    "el": "Η δήμαρχος δήλωσε ότι το πλοίο θα μείνει στη γραμμή παρά τις αντιρρήσεις των κατοίκων της πόλης.",
    "he": "ראש העיר אמר שהמעבורת תישאר בקו למרות ההתנגדות של תושבי העיר והמועצה החלשה שלו.",
    "ar": "قال رئيس البلدية إن العبارة ستبقى في الخدمة رغم اعتراض سكان المدينة وضعف المجلس.",
    "th": "นายกเทศมนตรีกล่าวว่า เรือข้ามฟาก จะยังคง ให้บริการ ต่อไป แม้ว่า ชาวเมือง จะคัดค้าน และสภา อ่อนแอ",
    "vi": "Thị trưởng nói rằng chuyến phà sẽ tiếp tục hoạt động dù hội đồng thành phố yếu kém.",
    "lt": "Merė pranešė, kad keltas liks, nors gyventojų įtūžis auga ir žvejų šeimos jį vadina žalingu, o miesto taryba – neryžtinga.",
    "lv": "Mērs paziņoja, ka prāmis paliks, lai gan iedzīvotāju dusmas pieaug un zvejnieku ģimenes to sauc par kaitīgu.",
    "is": "Bæjarstjórinn sagði að ferjan yrði áfram í þjónustu þótt íbúar óttuðust að hún væri of hæg og of dýr fyrir þá.",
    "ja": "市長は、渡し船は今後も運航すると述べた。住民は弱い議会を批判している。",
    "zh": "市长表示，渡轮将继续运营，尽管居民反对，议会软弱无力。渡轮明天起航。",
    "zh-tw": "市長表示，渡輪將繼續營運，儘管居民反對，議會軟弱無力。渡輪明天啟航。",
    "ko": "시장은 나룻배가 계속 운항할 것이라고 말했다. 주민들은 약한 의회를 비판했다.",
}
_NO_TEXT = {
    "utf_8",
    "utf_7",
    "ascii",
    "mbcs",
    "oem",
    "idna",
    "punycode",
    "palmos",
    "ptcp154",
    "raw_unicode_escape",
    "unicode_escape",
}


def _codecs() -> list[str]:
    names = set(aliases.values()) | {
        "koi8_t",
        "koi8_u",
        "cp720",
        "cp737",
        "cp856",
        "cp874",
        "cp875",
        "cp1006",
        "palmos",
        "mac_arabic",
    }
    names |= {"mac_croatian", "mac_farsi", "mac_romanian"}
    known = []
    for name in sorted(names - _NO_TEXT):
        try:
            info = codecs.lookup(name)
            "a".encode(name)
        except (LookupError, UnicodeError):
            continue
        if info.name not in ("utf-8", "ascii"):
            known.append(name)
    return known


def _cases() -> list[tuple[str, str]]:
    """Return each codec with up to three languages that it can write whole."""
    cases: list[tuple[str, str]] = []
    for codec in _codecs():
        for language, sentence in SENTENCES.items():
            if len([one for one, _ in cases if one == codec]) == 3:
                break
            try:
                written = sentence.encode(codec)
            except UnicodeError:
                continue
            if written != sentence.encode():
                cases.append((codec, language))
    return cases


CASES = _cases()


def test_there_are_cases_for_most_codecs():
    assert len({codec for codec, _ in CASES}) >= 80
    assert len(CASES) >= 180


@pytest.mark.parametrize(("codec", "language"), CASES, ids=["-".join(case) for case in CASES])
def test_a_text_in_another_encoding_is_right_or_said(codec, language):
    text = f"Ferry\n\n{SENTENCES[language]}\n"
    data = text.encode(codec)
    assert decode(data, encoding=codec).text == data.decode(codec)
    try:
        decoded = decode(data)
    except CorpusError as refusal:
        assert "encoding=" in str(refusal)
        return
    assert decoded.text == text or decoded.sample, decoded


@pytest.mark.parametrize(
    ("codec", "language", "is_read"),
    [
        ("cp1252", "de", True),
        ("mac_roman", "fr", False),
        ("koi8_r", "ru", False),
        ("gb18030", "zh", False),
        ("iso2022_jp", "ja", False),
    ],
)
def test_a_guess_is_noted_and_what_is_no_word_is_refused(tmp_path, codec, language, is_read):
    path = tmp_path / "a.txt"
    path.write_bytes(f"Ferry\n\n{SENTENCES[language]}\n".encode(codec))
    if is_read:
        (note,) = [note for note in read(path).notes if note.kind == "encoding"]
        assert "'Bürgermeisterin'" in note
        assert "encoding=" in note.remedy
    else:
        with pytest.raises(CorpusError, match="encoding="):
            read(path)
    corpus = read(path, boilerplate="keep", encoding=codec)
    assert corpus.articles["body"].tolist() == [SENTENCES[language]]
    assert not [note for note in corpus.notes if note.kind == "encoding"]
