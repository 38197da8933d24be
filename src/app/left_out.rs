//! What lies in the folder and cannot even be read as a tip: links that lead nowhere, names that are none, folders that are
//! shut, a second file of one id. What is read and broken is known by itself; both together are what is left out.

use super::keeper::Keeper;
use super::known::below;
use super::look::Found;
use crate::tip;
use std::collections::BTreeSet;
use std::sync::Arc;

impl Keeper {
    /// Takes note of what a look found in the way of reading.
    pub(super) fn leave_out(&mut self, found: &Found) {
        let mut left_out = BTreeSet::clone(&self.shared.left_out.load());
        for (folder, files) in &found.in_the_way {
            left_out.retain(|file| !below(file, folder));
            left_out.extend(files.iter().cloned());
        }
        // A name that is composed in another way leads to the same id, and one of the two is served.
        let names = self.known.below("").chain(found.read.iter().map(String::as_str)).filter(|file| !file.is_ascii());
        for file in names.filter(|file| !found.gone.iter().any(|gone| gone == file)) {
            let other = tip::id_of(file).map(|id| tip::file_of(&id)).filter(|other| other != file);
            let both = |other: &String| self.known.contains(other) || found.read.contains(other);
            if other.as_ref().is_some_and(both) {
                left_out.insert(file.to_owned());
            } else {
                left_out.remove(file);
            }
        }
        if **self.shared.left_out.load() != left_out {
            self.shared.left_out.store(Arc::new(left_out));
            self.shared.changed();
        }
    }
}
