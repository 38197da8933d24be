//! The world that is simulated: situations that the library's tips are for, what follows them as the tips say, and what
//! the engine would volunteer in each.

use super::super::App;
use super::super::record::RecordError;
use super::dice::Dice;
use crate::engine::{Question, SilenceCode};
use crate::tip::{IssueId, Kind, SectionId, Sections, Tip, TipId};
use chrono::{DateTime, Utc};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// Tips read at a time.
const PAGE: usize = 500;

/// What is left of the chance of the issues that follow one situation, the likeliest first; further ones do not follow.
/// Where editors name several, each has the one that it is about in mind, and together they expect too much.
const FOLLOWS: [f64; 3] = [1.0, 0.6, 0.4];

/// What is likely to be told at the counter: as many as an agent ever looks at.
const LINE_UP: usize = 5;

/// Within how many days an issue follows where its tip does not say.
const SOON: (f64, f64) = (1.0, 6.0);

/// Share of what an editor expects that comes true, between these: nobody guesses just right.
const COMES_TRUE: (f64, f64) = (0.6, 1.05);

/// What telling leaves of the chance, between these: some tips help more than others, and none always.
const TELLING_LEAVES: (f64, f64) = (0.25, 0.7);

pub(super) type About = (Option<SectionId>, IssueId);

/// What a contact is about, and what comes of it.
pub(super) struct Situation {
    pub follows: Vec<Follow>,
    /// What the engine volunteers, best first.
    pub line_up: Vec<Arc<Tip>>,
    /// Why it stays silent where the line-up is empty, and what a gate kept back.
    pub silence: (SilenceCode, Option<TipId>),
}

/// An issue that may follow.
pub(super) struct Follow {
    pub issue: IssueId,
    /// Those that prevent it, with what telling leaves of the chance.
    pub tips: Vec<(TipId, f64)>,
    pub chance: f64,
    /// Days.
    pub after: (f64, f64),
}

/// Where customers come in: a trade's situations with how often they are met.
pub(super) struct Trade {
    pub begins: Vec<(About, f64)>,
    /// What customers come back about though no tip of the trade prevents it.
    pub gaps: Vec<About>,
}

pub(super) struct World<'a> {
    app: &'a App,
    now: DateTime<Utc>,
    tips: Vec<Arc<Tip>>,
    pub trades: Vec<Trade>,
    known: HashMap<About, Arc<Situation>>,
}

impl<'a> World<'a> {
    pub fn new(app: &'a App, now: DateTime<Utc>) -> Result<Self, RecordError> {
        let tips = tips(app)?;
        let trades = trades(&app.snapshot.load().sections, &tips);
        Ok(Self { app, now, tips, trades, known: HashMap::new() })
    }

    pub fn situation(&mut self, about: &About) -> Result<Arc<Situation>, RecordError> {
        if let Some(known) = self.known.get(about) {
            return Ok(Arc::clone(known));
        }
        let question = Question {
            products: about.0.iter().map(ToString::to_string).collect(),
            issues: vec![about.1.to_string()],
            limit: LINE_UP,
            ..Question::default()
        };
        let answer = self.app.suggest(&question, self.now)?.answer;
        let (mut line_up, mut silence) = (Vec::new(), (SilenceCode::NoTip, None));
        match answer.tip {
            // The others are for whoever wants to look; they come up where the first was told before.
            Ok(first) => {
                line_up = std::iter::once(first).chain(answer.others).map(|suggestion| suggestion.tip).collect();
            }
            Err(kept) => silence = (kept.code, kept.kept_back.map(|tip| tip.id.clone())),
        }
        let situation = Arc::new(Situation { follows: self.follows(about), line_up, silence });
        self.known.insert(about.clone(), Arc::clone(&situation));
        Ok(situation)
    }

    fn follows(&self, (product, issue): &About) -> Vec<Follow> {
        let mut follows: BTreeMap<IssueId, Follow> = BTreeMap::new();
        for tip in self.tips.iter().filter(|tip| is_for(tip, product.as_ref(), issue)) {
            let Some(prevented) = tip.prevents.as_ref().filter(|prevented| *prevented != issue) else { continue };
            let mut dice = Dice::named(tip.id.as_str());
            let chance = f64::from(tip.expected) * dice.between(COMES_TRUE.0, COMES_TRUE.1);
            let leaves = dice.between(TELLING_LEAVES.0, TELLING_LEAVES.1);
            let after = tip.after.as_ref().map_or(SOON, |after| (after.min_days.into(), after.max_days.into()));
            let new = Follow { issue: prevented.clone(), tips: Vec::new(), chance, after };
            let follow = follows.entry(prevented.clone()).or_insert(new);
            follow.tips.push((tip.id.clone(), leaves));
            if chance > follow.chance {
                (follow.chance, follow.after) = (chance, after);
            }
        }
        let mut follows: Vec<Follow> = follows.into_values().collect();
        follows.sort_by(|a, b| b.chance.total_cmp(&a.chance));
        follows.truncate(FOLLOWS.len());
        for (follow, left) in follows.iter_mut().zip(FOLLOWS) {
            follow.chance *= left;
        }
        follows
    }
}

/// Tips that prevent something.
fn tips(app: &App) -> Result<Vec<Arc<Tip>>, RecordError> {
    let mut tips: Vec<Arc<Tip>> = Vec::new();
    let mut after: Option<TipId> = None;
    loop {
        let page = app.tips(after.as_ref(), PAGE)?;
        let more = page.len() == PAGE;
        after = page.last().map(|tip| tip.id.clone());
        tips.extend(page.into_iter().filter(|tip| tip.kind == Kind::Tip && !tip.draft && tip.prevents.is_some()));
        if !more {
            return Ok(tips);
        }
    }
}

fn prevents(tip: &Tip, (product, issue): &About) -> bool {
    let root = SectionId::root();
    let product = product.as_ref().unwrap_or(&root);
    tip.prevents.as_ref() == Some(issue) && tip.products.iter().any(|of| of.contains(product))
}

fn is_for(tip: &Tip, product: Option<&SectionId>, issue: &IssueId) -> bool {
    let root = SectionId::root();
    let product = product.unwrap_or(&root);
    tip.products.iter().any(|of| of.contains(product)) && (tip.when.is_empty() || tip.when.contains(issue))
}

/// The top folders of the library, each with the situations of the tips below it.
fn trades(sections: &Sections, tips: &[Arc<Tip>]) -> Vec<Trade> {
    let mut trades: BTreeMap<String, BTreeMap<About, f64>> = BTreeMap::new();
    for tip in tips {
        for product in &tip.products {
            let name = product.as_str().split('/').next().unwrap_or_default().to_owned();
            let product = Some(product.clone()).filter(|product| !product.as_str().is_empty());
            let begins = trades.entry(name).or_default();
            for when in &tip.when {
                *begins.entry((product.clone(), when.clone())).or_default() += f64::from(tip.expected);
            }
        }
    }
    let mut found = Vec::new();
    for begins in trades.into_values() {
        let begins: Vec<(About, f64)> = begins.into_iter().collect();
        let mut gaps = Vec::new();
        for (about, _) in &begins {
            let seen = sections.issues_at(about.0.as_ref().unwrap_or(&SectionId::root()));
            // The product's own issues first, and none that customers begin with: to buy is no trouble.
            let trouble = |issue: &IssueId| !begins.iter().any(|((_, begin), _)| begin == issue);
            let spare = seen.into_iter().rev().map(|issue| issue.id).filter(trouble);
            for issue in spare {
                let gap = (about.0.clone(), issue);
                if !gaps.contains(&gap) && !tips.iter().any(|tip| prevents(tip, &gap)) {
                    gaps.push(gap);
                }
            }
        }
        if !begins.is_empty() {
            found.push(Trade { begins, gaps });
        }
    }
    found
}
