//! How long it takes to read one usual tip, and a library of them: `cargo bench --bench parse`.
//!
//! Prints microseconds for each step, the least of many rounds, so that a busy machine disturbs little.

use std::hint::black_box;
use std::time::Instant;
use stemwire::tip::{Sections, parse_section, parse_tip, plain_text, render_html, resolve};

const TIP: &str = "---
when: [buying, gift]
prevents: drooping
after: 2-5 days
expected: 0.4
wire: Two pieces of florist's wire, from the drawer under the till
says:
  - a bunch of gerberas
  - flowers for our anniversary
owner: Kim
review: 6 months
verified: 2026-05-04
tags: [stems, vase life]
---
# What do I do when my gerberas droop?

They tend to hang their heads after a few days. Coil a little wire round the stem and they stand up again.

Gerbera stems are soft and hollow, so they bend under the flower. A fresh cut and *little* water help as well:

- cut two centimetres off, slantwise
- fill the vase to a hand's breadth, see [how much water](water.md)
- change it every second day

A bent stem that was wired on the first day lasts about as long as a straight one.
";

const SECTION: &str = "---
title: Gerbera daisies
aliases: [gerbera, gerber daisy, daisies]
issues:
  buying: [a bunch of, bouquet for, which flowers]
  gift: [for a birthday, as a present]
  drooping:
    title: Stems droop
    says: [flopping over, heads hang down, gone limp]
---
Soft stems, long-lived heads.
";

fn main() {
    let (section, _) = parse_section("flowers/gerbera/_index.md", SECTION);
    let sections = Sections::new(section, []);
    let file = "flowers/gerbera/wire.md";
    let (draft, problems) = parse_tip(file, TIP);
    assert!(problems.is_empty(), "{problems:?}");
    let draft = draft.expect("the tip above is whole");
    let detail = resolve(&draft, &sections, None).0.expect("its references are there").detail;
    println!("one usual tip of {} bytes, µs (least of 50 rounds of 2,000):", TIP.len());
    measure("parse_tip", || black_box(parse_tip(black_box(file), black_box(TIP))));
    measure("resolve", || black_box(resolve(black_box(&draft), &sections, None)));
    measure("plain_text of the detail", || black_box(plain_text(black_box(&detail))));
    measure("render_html of the detail", || black_box(render_html(black_box(&detail), draft.id())));
}

fn measure<T>(what: &str, mut run: impl FnMut() -> T) {
    const RUNS: u32 = 2_000;
    let mut least = f64::MAX;
    for _ in 0..50 {
        let start = Instant::now();
        for _ in 0..RUNS {
            run();
        }
        least = least.min(start.elapsed().as_secs_f64() * 1e6 / f64::from(RUNS));
    }
    println!("  {what:<26} {least:>8.2}");
}
