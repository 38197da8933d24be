//! Whether the links and images of a library lead anywhere.

use super::address::{self, Target};
use super::links::{Link, LinkKind};
use super::nearest::nearest;
use super::problem::MAX_PROBLEMS;
use super::{Code, Draft, LibraryView, Problem, SectionId, TipId, fence, links};
use std::cell::Cell;
use std::collections::HashSet;

/// Most links of one file that are followed up: a bound for hostile texts, far above any page for people.
const MAX_LINKS: usize = 500;

/// Looks at every link of every tip and section.
pub(super) fn check(view: &LibraryView<'_>, problems: &mut Vec<Problem>) {
    let places = Places::of(view);
    for (draft, _) in &view.tips {
        let body = fence::cut(&draft.text).body;
        let found = links::find(&draft.text, body);
        let before = problems.len();
        let folder = draft.id.section();
        for link in found.links.iter().take(MAX_LINKS) {
            problems.extend(places.look(folder.as_str(), &draft.file, &draft.text, link));
        }
        for (url, span) in &draft.front.wire_links {
            let link = Link { url: url.clone(), kind: LinkKind::Link, span: span.clone() };
            problems.extend(places.look(folder.as_str(), &draft.file, &draft.text, &link));
        }
        problems.extend(found.dropped.into_iter().take(MAX_PROBLEMS).map(|span| dropped(draft, span)));
        problems.truncate(before + MAX_PROBLEMS);
    }
    for section in view.sections.iter() {
        let Some(file) = &section.file else { continue };
        for link in section.links.iter().take(MAX_LINKS) {
            problems.extend(places.look(section.id.as_str(), file, &section.text, link));
        }
    }
}

/// Paths inside the library to which a draft's links, images and wires lead, whether anything is there or not: for
/// checking one text without having all others at hand.
pub fn link_targets(draft: &Draft) -> Vec<String> {
    let found = links::find(&draft.text, fence::cut(&draft.text).body);
    let urls = found.links.iter().filter(|link| link.kind != LinkKind::Undefined).map(|link| link.url.as_str());
    let wires = draft.front.wire_links.iter().map(|(url, _)| url.as_str());
    let folder = draft.id.section();
    let inside = |url: &str| match address::target(folder.as_str(), url) {
        Target::File { path, .. } => Some(path),
        _ => None,
    };
    urls.chain(wires).filter_map(inside).collect()
}

fn dropped(draft: &Draft, span: std::ops::Range<usize>) -> Problem {
    Problem::at(
        Code::DroppedMarkup,
        &draft.file,
        &draft.text,
        span,
        "Part of this HTML is left out when the tip is shown.",
        "Write it in markdown; of HTML only plain tags without attributes are kept, such as `<kbd>` and `<details>`.",
    )
}

/// What a link can lead to.
struct Places<'a> {
    /// Ids and aliases of tips, ids of sections.
    pages: HashSet<&'a str>,
    files: Option<&'a HashSet<String>>,
    /// Names that may still be compared for hints.
    comparisons: Cell<usize>,
}

/// Names that are compared to say what a dead link may have meant, all links together: about a second's worth. In a
/// large library with thousands of dead links the later ones go without a guess.
const COMPARISONS: usize = 1_000_000;

impl<'a> Places<'a> {
    fn of(view: &LibraryView<'a>) -> Places<'a> {
        let mut pages: HashSet<&str> = HashSet::new();
        for (draft, _) in &view.tips {
            pages.insert(draft.id.as_str());
            pages.extend(draft.aliases().map(TipId::as_str));
        }
        pages.extend(view.sections.iter().map(|section| SectionId::as_str(&section.id)));
        Places { pages, files: view.files, comparisons: Cell::new(COMPARISONS) }
    }

    fn look(&self, folder: &str, file: &str, text: &str, link: &Link) -> Option<Problem> {
        let what = if link.kind == LinkKind::Image { "image" } else { "link" };
        let at =
            |code, message: String, help: String| Some(Problem::at(code, file, text, link.span.clone(), message, help));
        if link.kind == LinkKind::Undefined {
            let name = super::plain::one_line(&link.url);
            let help = format!("Add a line `[{name}]: https://…`, or write the address in round brackets.");
            return at(Code::DeadLink, format!("No line of this file says where `[{name}]` leads."), help);
        }
        match address::target(folder, &link.url) {
            Target::File { path, .. } if self.is_there(&path) => None,
            Target::File { path, .. } => {
                let files = self.files.into_iter().flatten().map(String::as_str);
                let page = address::page(&path).filter(|_| link.kind == LinkKind::Link);
                let near = match page {
                    // Nobody means the very page on which the link stands.
                    Some(id) => {
                        let others = self.pages.iter().copied().filter(|page| file.strip_suffix(".md") != Some(*page));
                        self.near(id, self.pages.len(), others)
                    }
                    None => self.near(&path, self.files.map_or(0, HashSet::len), files),
                };
                let help = match near {
                    Some(near) => format!("Did you mean `{near}`? Links are read from the folder of this file."),
                    None => "Links are read from the folder of this file; see whether the file was moved.".to_owned(),
                };
                at(Code::DeadLink, format!("This {what} leads to `{path}`, which is not in the library."), help)
            }
            Target::Beyond => at(
                Code::LeavesLibrary,
                format!("This {what} leads out of the library."),
                "Copy the file into the library, or link to its public address.".to_owned(),
            ),
            Target::Refused => at(
                Code::DroppedMarkup,
                format!("This {what} is of a kind that is never followed, so only its text is shown."),
                "Use an address that starts with `https://`, `mailto:` or `tel:`, or a file of the library.".to_owned(),
            ),
            Target::Outside if link.kind == LinkKind::Image => at(
                Code::DroppedMarkup,
                "This image lies on another host; it is shown as a link, so that nothing loads from elsewhere."
                    .to_owned(),
                "Save the image beside the tip and link it by its name.".to_owned(),
            ),
            Target::Outside | Target::Here => None,
        }
    }

    /// The nearest of so many names, while comparing them is affordable.
    fn near<'n>(&self, wanted: &str, many: usize, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
        self.comparisons.set(self.comparisons.get().checked_sub(many)?);
        nearest(wanted, names, 1).first().copied()
    }

    fn is_there(&self, path: &str) -> bool {
        let page = address::page(path);
        if path.is_empty() || page.is_some_and(|id| self.pages.contains(id)) {
            return true;
        }
        match self.files {
            Some(files) => files.contains(path),
            None => !path.ends_with(".md") && path.rsplit('/').next().is_some_and(|name| name.contains('.')),
        }
    }
}
