//! Words of other languages, scripts without spaces, diacritics.

use super::made::{found, ids, indexed, tip};
use stemwire::tip::Tip;

fn spoken(id: &str, lang: &str, question: &str) -> Tip {
    Tip { lang: lang.into(), ..tip(id, question, "…") }
}

#[test]
fn each_language_has_its_stems() {
    for (lang, written, asked) in [
        ("en", "Cancelling a subscription", "cancelled subscriptions"),
        ("de", "Die Häuser wurden verkauft", "Haus verkaufen"),
        ("de-at", "Die Häuser wurden verkauft", "hauser"),
        ("fr", "Annuler mes commandes", "commande annulée"),
        ("es", "Devoluciones gratuitas", "devolución gratuita"),
        ("nl", "Mijn bestellingen volgen", "bestelling"),
        ("pt-br", "Entregas atrasadas", "entrega atrasada"),
        ("it", "Spedizioni veloci", "spedizione veloce"),
    ] {
        let searcher = indexed(&[spoken("a", lang, written), spoken("b", lang, "Xyz")]);
        assert_eq!(ids(&found(&searcher, &format!("{asked} "))), ["a"], "{lang}");
    }
}

#[test]
fn the_question_is_read_in_every_language_of_the_library() {
    let searcher =
        indexed(&[spoken("a", "en", "Cancelling"), spoken("b", "de", "Die Blumen"), spoken("c", "xx", "Łódź")]);
    assert_eq!(ids(&found(&searcher, "blume ")), ["b"]);
    assert_eq!(ids(&found(&searcher, "cancelled ")), ["a"]);
    assert_eq!(ids(&found(&searcher, "lodz ")), ["c"]);
}

#[test]
fn diacritics_may_be_left_out_and_count_where_they_are_not() {
    let searcher = indexed(&[spoken("a", "de", "schon"), spoken("b", "de", "schön")]);
    assert_eq!(ids(&found(&searcher, "schön ")), ["b", "a"]);
    assert_eq!(ids(&found(&searcher, "schon ")), ["a", "b"]);
    let searcher = indexed(&[spoken("a", "fr", "Café crème"), spoken("b", "fr", "Thé")]);
    assert_eq!(ids(&found(&searcher, "cafe creme ")), ["a"]);
    assert_eq!(ids(&found(&searcher, "CAFE\u{301} ")), ["a"], "marks of their own are the same letter");
}

#[test]
fn scripts_without_spaces_find_what_stands_within() {
    let tips = [
        spoken("ja", "ja", "東京都の花屋で花束を買う"),
        spoken("zh", "zh", "如何重置路由器"),
        spoken("th", "th", "วิธีตัดดอกกุหลาบ"),
        spoken("ko", "ko", "장미를 자르는 방법"),
    ];
    let searcher = indexed(&tips);
    for (asked, id) in [
        ("京都", "ja"),
        ("花束", "ja"),
        ("路由器", "zh"),
        ("置", "zh"),
        ("ดอกกุหลาบ", "th"),
        ("장미", "ko"),
        ("器", "zh"),
    ] {
        assert_eq!(ids(&found(&searcher, asked)), [id], "{asked}");
    }
    let marked = &found(&searcher, "路由器").hits[0].highlights.question;
    assert_eq!(marked, "如何重置<mark>路由器</mark>");
    assert_eq!(found(&searcher, "\"由路\"").total, 0);
}

#[test]
fn forms_of_a_letter_are_one() {
    let searcher = indexed(&[tip("a", "Ｗｉ-Ｆｉ ﬁxed", "It doesn’t work: the gerbera's stem.")]);
    for asked in ["wi-fi", "WI FI", "fixed", "doesn't", "doesnt", "gerbera", "gerberas"] {
        assert_eq!(found(&searcher, asked).total, 1, "{asked}");
    }
}
