//! What each signal may count for: all weights in one place.
//!
//! Every value of a signal lies between -1 and 1, every weight between 0 and 1; a contribution is their product.
//! The unit is the weight of `expectation`: one point is a next issue that is certain to come.

/// A number from 0 to 1. Anything else is brought to the nearer end, and what is not a number to 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Weight(f32);

impl Weight {
    pub const fn new(value: f32) -> Self {
        // Written so that what is not a number falls to 0.
        Self(if value >= 1.0 {
            1.0
        } else if value > 0.0 {
            value
        } else {
            0.0
        })
    }

    pub const fn get(self) -> f32 {
        self.0
    }
}

/// How much each signal counts. These are judgements, held by the cases in `tests/cases`, not fitted numbers; each
/// line says what the ends would do.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Weights {
    /// 0: a tip for another situation is as good, as long as much is expected of it. 1: fitting the situation counts
    /// as much as a certain next issue. At ½, of two tips that fit alike the likelier one leads, and a tip
    /// without `prevents` stands behind any that prevents something likely.
    pub situation: Weight,
    /// 0: how often the prevented issue follows does not matter. 1: it is the measure of all else.
    pub expectation: Weight,
    /// 0: the words only matter through the situation. 1: word overlap beats everything, which is search.
    pub words: Weight,
    /// 0: what they have half asked is volunteered like anything else. 1: a hint that they asked costs as much as
    /// a certain next issue brings.
    pub unasked: Weight,
    /// For answers. 0: how exactly a tip answers what was asked does not matter. 1: it leads among answers.
    pub asked: Weight,
    /// 0: the stage does not matter. 1: a tip for another stage is as good as never shown.
    pub stage: Weight,
    /// For craft. 0: the mood does not matter. 1: it leads, before the stage.
    pub mood: Weight,
    /// 0: an anniversary changes nothing. 1: a tip for it beats any other.
    pub occasion: Weight,
    /// 0: nobody minds a review that is due. 1: a tip past its review stands behind all others.
    pub review: Weight,
    /// 0: a tip in another language is as good. 1: it stands behind all others.
    pub lang: Weight,
    /// For craft. 0: its theme does not matter. 1: a theme that suits the mood weighs as much as the mood.
    pub kind: Weight,
}

impl Weights {
    pub const STANDARD: Weights = Weights {
        situation: Weight::new(0.5),
        expectation: Weight::new(1.0),
        words: Weight::new(0.25),
        unasked: Weight::new(0.5),
        asked: Weight::new(1.0),
        stage: Weight::new(0.1),
        mood: Weight::new(1.0),
        occasion: Weight::new(0.5),
        review: Weight::new(0.2),
        lang: Weight::new(0.5),
        kind: Weight::new(0.2),
    };
}
