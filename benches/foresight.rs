//! Measures of foresight: `cargo bench --bench foresight -- --sequences DIR`. Each folder of DIR holds
//! `contacts_train.csv`, which is learned, and `contacts_dev.csv`, which is asked; `--test NAME` asks
//! `contacts_NAME.csv`, and `--half` learns one half of the customers of the train file and asks the other.
//! Without DIR only the million made contacts are learned.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Instant;
use stemwire::engine::foresight::{Asked, Contact, Foresight, Had, Learner};
use stemwire::tip::{IssueId, SectionId};

/// The gate of the practice books: worth the breath from one contact in five on.
const GATE: f64 = 0.2;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let value = |name: &str| args.iter().position(|a| a == name).and_then(|at| args.get(at + 1)).cloned();
    if let Some(folder) = value("--sequences") {
        let test = value("--test").unwrap_or_else(|| "dev".to_owned());
        let mut sets: Vec<PathBuf> =
            std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
        sets.sort();
        println!("{HEAD}");
        for set in sets.iter().filter(|set| set.join("contacts_train.csv").exists()) {
            let train = customers(&set.join("contacts_train.csv"));
            if args.iter().any(|a| a == "--half") {
                let half = |keep: bool| {
                    let chosen = train.iter().filter(|(name, _)| number(name).is_multiple_of(2) == keep);
                    chosen.map(|(name, all)| (name.clone(), all.clone())).collect()
                };
                measure(set, &half(true), &half(false));
            } else {
                measure(set, &train, &customers(&set.join(format!("contacts_{test}.csv"))));
            }
        }
    }
    coverage();
    million();
}

type Customers = BTreeMap<String, Vec<(i64, Had)>>;

/// A name as a number (FNV-1a).
fn number(name: &str) -> u64 {
    name.bytes().fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3))
}

fn customers(file: &Path) -> Customers {
    let mut customers = Customers::new();
    let text = std::fs::read_to_string(file).expect("a file of contacts");
    let mut lines = text.lines();
    let heads: Vec<&str> = lines.next().expect("a first line").split(',').collect();
    let column = |name: &str| heads.iter().position(|head| *head == name).expect("a column of contacts");
    let (customer, position, product, issue) =
        (column("customer"), column("position"), column("product"), column("issue"));
    // None of these columns holds a comma; the words, which may, come last.
    for row in lines.map(|line| line.split(',').collect::<Vec<&str>>()) {
        let had = Had { product: Some(SectionId::new(row[product])), issue: IssueId::new(row[issue]) };
        let position = row[position].parse().expect("a number");
        customers.entry(row[customer].to_owned()).or_default().push((position, had));
    }
    customers.values_mut().for_each(|all| all.sort_by_key(|(position, _)| *position));
    customers
}

fn learn(customers: &Customers) -> Foresight {
    let mut learner = Learner::default();
    for (name, all) in customers {
        for (position, had) in all {
            learner.add(Contact {
                customer: number(name),
                at: None,
                position: Some(*position),
                product: had.product.clone(),
                issue: Some(had.issue.clone()),
            });
        }
    }
    learner.refit()
}

const HEAD: &str = "set\tasked\tMRR\thit@1\thit@3\tby p: MRR\tcalibration\tcalibration, 5\tgate: precision\tgate: share\tµs\tlearned in";

/// Fits one file and asks the other. Ranking: at each contact after the first about an issue they had not had, as the
/// rivals are measured. Rates: at each such contact and each first one, whether they came back or not.
fn measure(set: &Path, train: &Customers, test: &Customers) {
    let start = Instant::now();
    let foresight = learn(train);
    let learned = start.elapsed();
    let (mut asked, mut mrr, mut by_p, mut hit1, mut hit3) = (0, 0.0, 0.0, 0, 0);
    let (mut one, mut five) = (Bins::default(), Bins::default());
    let (mut shown, mut right, mut moments) = (0, 0, 0);
    let mut took = std::time::Duration::ZERO;
    for all in test.values() {
        let mut had: Vec<Had> = Vec::new();
        for (at, (_, gone)) in all.iter().enumerate() {
            if had.contains(gone) {
                continue;
            }
            had.push(gone.clone());
            let outlook = foresight.next(&Asked { product: None, had: &had, limit: 1000, ..Asked::default() });
            let start = Instant::now();
            std::hint::black_box(foresight.next(&Asked { product: None, had: &had, limit: 5, ..Asked::default() }));
            took += start.elapsed();
            moments += 1;
            let later = || all[at + 1..].iter().map(|(_, had)| had);
            let is = |next: &stemwire::engine::foresight::Next, had: &Had| {
                next.issue == had.issue && next.product == had.product
            };
            let comes = |next: &stemwire::engine::foresight::Next| later().any(|had| is(next, had));
            if let Some(gold) = later().find(|next| !had.contains(next)) {
                asked += 1;
                if let Some(rank) = outlook.next.iter().position(|next| is(next, gold)) {
                    mrr += 1.0 / (rank + 1) as f64;
                    hit1 += usize::from(rank == 0);
                    hit3 += usize::from(rank < 3);
                    let p = outlook.next[rank].p;
                    by_p += 1.0 / (1 + outlook.next.iter().filter(|next| next.p > p).count()) as f64;
                }
            }
            for (nth, next) in outlook.next.iter().take(5).enumerate() {
                if nth == 0 {
                    one.add(next.p, comes(next));
                }
                five.add(next.p, comes(next));
            }
            if let Some(next) = outlook.next.first().filter(|next| next.low >= GATE) {
                shown += 1;
                right += usize::from(comes(next));
            }
        }
    }
    let share = |n: usize, of: usize| n as f64 / of.max(1) as f64;
    println!(
        "{}\t{asked}\t{:.4}\t{:.4}\t{:.4}\t{:.4}\t{:.4}\t{:.4}\t{:.4}\t{:.4}\t{:.1}\t{:.2} s",
        set.file_name().unwrap_or_default().to_string_lossy(),
        mrr / f64::from(asked),
        share(hit1, asked as usize),
        share(hit3, asked as usize),
        by_p / f64::from(asked),
        one.error(),
        five.error(),
        share(right, shown),
        share(shown, moments),
        took.as_secs_f64() * 1e6 / moments as f64,
        learned.as_secs_f64(),
    );
}

/// Calibration error over ten bins: the mean distance of chance and share, by how many fell in.
#[derive(Default)]
struct Bins([(f64, f64, f64); 10]);

impl Bins {
    fn add(&mut self, p: f64, came: bool) {
        let bin = &mut self.0[((p * 10.0) as usize).min(9)];
        *bin = (bin.0 + 1.0, bin.1 + p, bin.2 + f64::from(u8::from(came)));
    }

    fn error(&self) -> f64 {
        let all: f64 = self.0.iter().map(|bin| bin.0).sum();
        self.0.iter().map(|(_, p, came)| (p - came).abs()).sum::<f64>() / all.max(1.0)
    }
}

/// Numbers that look like chance and are the same in every run.
struct Made(u64);

impl Made {
    fn next(&mut self) -> f64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn below(&mut self, most: usize) -> usize {
        (self.next() * most as f64) as usize
    }
}

/// Trades made with known rates: how often the true rate lies inside the interval.
fn coverage() {
    println!("\nintervals\tlinks\ttrue rates\tinside 95 %\tof the first five\tmean width");
    // One rate in ten is a link; and a trade where nothing follows anything and most things hardly ever come.
    for (links, fall, customers) in
        [(0.1, 1, 500), (0.1, 1, 5_000), (0.1, 1, 50_000), (0.0, 3, 500), (0.0, 3, 5_000), (0.0, 3, 50_000)]
    {
        let (mut rates, mut inside, mut listed, mut listed_inside, mut width) = (0, 0, 0, 0, 0.0);
        for seed in 1..=5_u64 {
            let mut made = Made(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15));
            let issues = 20;
            // What is no link is what everybody comes back with now and then.
            let popular: Vec<f64> = (0..issues).map(|i| 0.1 / (1.0 + i as f64).powi(fall)).collect();
            let truth: Vec<Vec<f64>> = (0..issues)
                .map(|_| popular.iter().map(|p| if made.next() < links { made.next() * 0.6 } else { *p }).collect())
                .collect();
            let mut learner = Learner::default();
            let id = |i: usize| Some(IssueId::new(format!("issue-{i}")));
            for customer in 0..customers {
                let x = made.below(issues);
                let contact = |at: i64, issue| Contact { customer, at: Some(at), position: None, product: None, issue };
                learner.add(contact(0, id(x)));
                // What they come back with is never what others come with first: else the rate after it would be a
                // mixture of two, and no true rate at all.
                for (y, rate) in truth[x].iter().enumerate() {
                    if made.next() < *rate {
                        learner.add(contact(1 + made.below(500_000_000) as i64, id(issues + y)));
                    }
                }
            }
            let foresight = learner.refit();
            for x in 0..issues {
                let had = [Had { product: None, issue: id(x).expect("an issue") }];
                let outlook = foresight.next(&Asked { product: None, had: &had, limit: 1000, ..Asked::default() });
                for (nth, next) in outlook.next.iter().enumerate() {
                    let y: usize = next.issue.as_str()[6..].parse().expect("a number");
                    let Some(truth) = y.checked_sub(issues).map(|y| truth[x][y]) else { continue };
                    let hit = usize::from((next.low..=next.high).contains(&truth));
                    rates += 1;
                    inside += hit;
                    width += next.high - next.low;
                    if nth < 5 {
                        listed += 1;
                        listed_inside += hit;
                    }
                }
            }
        }
        println!(
            "{customers} customers\t{links}\t{rates}\t{:.3}\t{:.3}\t{:.3}",
            inside as f64 / rates as f64,
            listed_inside as f64 / listed as f64,
            width / rates as f64
        );
    }
}

/// Learns 1,000,000 made contacts of 250,000 customers, 60 products with 8 issues each.
fn million() {
    let before = memory_mb();
    let mut made = Made(42);
    let mut learner = Learner::default();
    let start = Instant::now();
    let day = 24 * 60 * 60 * 1000;
    for n in 0..1_000_000_u64 {
        let customer = made.below(250_000) as u64;
        let product = (customer as usize * 7 + made.below(3)) % 60;
        let issue = made.below(8) * made.below(2);
        learner.add(Contact {
            customer,
            at: Some((n / 3000) as i64 * day + made.below(day as usize) as i64),
            position: None,
            product: Some(SectionId::new(format!("product-{product}"))),
            issue: Some(IssueId::new(format!("product-{product}:issue-{issue}"))),
        });
    }
    let added = start.elapsed();
    let foresight = learner.foresight();
    let first = start.elapsed();
    let start = Instant::now();
    learner.add(Contact {
        customer: 7,
        at: Some(day),
        position: None,
        product: Some(SectionId::new("product-1")),
        issue: Some(IssueId::new("product-1:issue-1")),
    });
    let again = learner.foresight();
    println!(
        "\n1,000,000 contacts: {:.2} s to take, {:.2} s with counting and fitting, one more {:.1} ms; {:.0} MB ({} known)",
        added.as_secs_f64(),
        first.as_secs_f64(),
        start.elapsed().as_secs_f64() * 1e3,
        memory_mb() - before,
        foresight.contacts().max(again.contacts()),
    );
    let had = [Had { product: Some(SectionId::new("product-1")), issue: IssueId::new("product-1:issue-1") }];
    let start = Instant::now();
    for _ in 0..1000 {
        std::hint::black_box(again.next(&Asked { product: None, had: &had, limit: 5, ..Asked::default() }));
    }
    println!("a question of these: {:.1} µs", start.elapsed().as_secs_f64() * 1e3);
}

/// Memory of this process in MB; 0 where the system does not say.
fn memory_mb() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
    line.split_whitespace().next().and_then(|kb| kb.parse::<f64>().ok()).unwrap_or_default() / 1024.0
}
