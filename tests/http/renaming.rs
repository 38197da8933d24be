//! A tip keeps what is known of it when its file gets another name, and loses its flags when it says something else.

use super::desk::Desk;
use super::ledger::{BUYING, NEXT, WIRE};
use serde_json::{Value, json};

/// What the wire's file is called after.
const COIL: &str = "flowers/gerbera/coil";

impl Desk {
    async fn source(&self) -> (String, String) {
        let seen = self.ask("GET", &format!("/v1/tips/{WIRE}"), &[("accept", "text/markdown")], "").await;
        (seen.header("etag").to_owned(), seen.body)
    }

    /// Gives the wire's file another name, as an editor does who wants old links to live.
    async fn rename(&self) {
        let text = self.source().await.1.replacen("---\n", &format!("---\naliases: [{WIRE}]\n"), 1);
        assert_eq!(self.ask("DELETE", &format!("/v1/tips/{WIRE}"), &[], "").await.status, 204);
        let absent = [("content-type", "text/markdown"), ("if-none-match", "*")];
        let seen = self.ask("PUT", &format!("/v1/tips/{COIL}"), &absent, &text).await;
        assert_eq!(seen.status, 201, "{}", seen.body);
    }

    async fn in_state(&self, state: &str) -> Vec<Value> {
        let list = self.get(&format!("/v1/tips?state={state}")).await.json();
        list["items"].as_array().unwrap().iter().map(|tip| tip["id"].clone()).collect()
    }

    /// What the list of flags, the desk's list, its count and the evidence say of a tip: all the same.
    async fn is_flagged(&self, tip: &str) -> bool {
        let flags = self.get("/v1/flags").await.json()["items"].take();
        let flags: Vec<_> = flags.as_array().unwrap().iter().map(|flag| flag["tip"].clone()).collect();
        let listed = self.in_state("flagged").await;
        let counted = self.get("/v1/library/work").await.json()["flagged"].as_u64().unwrap();
        let evidence = self.get(&format!("/v1/tips/{tip}/evidence")).await.json()["flagged"].as_bool().unwrap();
        assert_eq!((listed.len() as u64, &listed), (counted, &flags));
        assert_eq!(flags.contains(&json!(tip)), evidence, "{flags:?}");
        evidence
    }

    async fn clear(&self, tip: &str) -> u16 {
        self.ask("DELETE", &format!("/v1/flags/{tip}"), &[], "").await.status
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_renamed_tip_stays_flagged_until_an_editor_looked() {
    let desk = Desk::remembering(0.0).await;
    assert_eq!(desk.record(json!({"tip": WIRE, "outcome": "told", "customer": "anna"})).await.status, 201);
    assert_eq!(desk.record(json!({"tip": WIRE, "outcome": "dismissed", "reason": "unsafe"})).await.status, 201);
    assert!(desk.is_flagged(WIRE).await);
    desk.rename().await;
    assert!(desk.is_flagged(COIL).await);
    assert_eq!(desk.record(json!({"tip": WIRE, "outcome": "dismissed", "reason": "inaccurate"})).await.status, 201);
    let flags = desk.get("/v1/flags").await.json()["items"].take();
    assert_eq!(
        (flags.as_array().unwrap().len(), &flags[0]["inaccurate"], &flags[0]["unsafe"]),
        (1, &json!(1), &json!(1))
    );
    assert_eq!(desk.get(BUYING).await.json()["tip"]["id"], NEXT);

    // Whatever was reported is counted under the new name, each customer once.
    assert_eq!(desk.record(json!({"tip": COIL, "outcome": "told", "customer": "anna"})).await.status, 201);
    let outcomes = desk.get(&format!("/v1/tips/{COIL}/evidence")).await.json()["outcomes"].take();
    let told = outcomes.as_array().unwrap().iter().find(|count| count["outcome"] == "told").unwrap();
    assert_eq!((&told["times"], &told["customers"]), (&json!(2), &json!(1)), "{outcomes:#}");
    assert!(!desk.in_state("unused").await.contains(&json!(COIL)));
    let by = desk.get("/v1/pulse").await.json()["tips"]["by"].take();
    assert_eq!((by.as_array().unwrap().len(), &by[0]["tip"]), (1, &json!(COIL)), "{by:#}");

    let nobody = desk.ask("DELETE", "/v1/flags/flowers/none", &[], "").await;
    assert_eq!((nobody.status, nobody.slug()), (404, "tip-not-found".to_owned()));
    assert_eq!(desk.clear(COIL).await, 204);
    desk.until(BUYING, |answer| answer["tip"]["id"] == COIL).await;
    assert!(!desk.is_flagged(COIL).await);
    assert_eq!((desk.clear(COIL).await, desk.clear(WIRE).await), (204, 204), "there is nothing left to do");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edit_that_says_something_else_settles_a_flag() {
    let desk = Desk::remembering(0.0).await;
    assert_eq!(desk.record(json!({"tip": WIRE, "outcome": "dismissed", "reason": "unsafe"})).await.status, 201);
    let edit = async |from: &str, to: &str| {
        let (tag, text) = desk.source().await;
        let put = [("content-type", "text/markdown"), ("if-match", tag.as_str())];
        let seen = desk.ask("PUT", &format!("/v1/tips/{WIRE}"), &put, &text.replace(from, to)).await;
        assert_eq!(seen.status, 200, "{}", seen.body);
    };
    edit("hang their heads", "hang their heds").await;
    assert!(desk.is_flagged(WIRE).await, "a mended slip says the same");
    edit("Coil a little wire", "Coil a soft ribbon").await;
    assert_eq!(desk.get(BUYING).await.json()["tip"]["id"], WIRE);
    assert!(!desk.is_flagged(WIRE).await);

    // A tip that is gone waits for nobody; what it was called is no tip's id.
    assert_eq!(desk.record(json!({"tip": NEXT, "outcome": "dismissed", "reason": "unsafe"})).await.status, 201);
    assert_eq!(desk.ask("DELETE", &format!("/v1/tips/{NEXT}"), &[], "").await.status, 204);
    assert_eq!(desk.get("/v1/flags").await.json()["items"], json!([]));
    assert_eq!(desk.clear(NEXT).await, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_renamed_tip_leaves_everybody_on_their_side_of_the_lot() {
    let desk = Desk::remembering(0.5).await;
    let customers: Vec<String> = (0..20).map(|n| format!("c{n}")).collect();
    let sides = async || {
        let mut sides = Vec::new();
        for customer in &customers {
            sides.push(desk.told(customer).await == "held_out");
        }
        sides
    };
    let before = sides().await;
    assert!(before.contains(&true) && before.contains(&false), "{before:?}");
    // Answers are written down a batch at a time, and the two numbers are read one after the other.
    let counted = async |tip: &str, times: u64, drawn: u64| {
        let shown = |evidence: &Value| -> u64 {
            evidence["shown"].as_array().unwrap().iter().map(|shown| shown["times"].as_u64().unwrap()).sum()
        };
        let all = |evidence: &Value| shown(evidence) == times && evidence["experiment"]["open"] == drawn;
        desk.until(&format!("/v1/tips/{tip}/evidence"), all).await;
    };
    counted(WIRE, 20, 20).await;
    desk.rename().await;
    assert_eq!(sides().await, before);
    // Each customer is drawn once.
    counted(COIL, 40, 20).await;
    // Who comes for the first time is drawn as ever.
    assert!(["held_out", COIL].contains(&desk.told("new").await.as_str().unwrap()));
    counted(COIL, 41, 21).await;
}
