//! Doing the same for many files on all cores.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;

/// Below so many files, starting threads costs more than it saves.
const WORTH_THREADS: usize = 32;

/// Results that may wait to be taken, for each core: enough that nobody waits for the other in turns, few enough that
/// memory stays small whatever the library's size.
const WAITING: usize = 64;

/// Does `work` for every item and hands the results to `take` on the calling thread, in no order. Ends early, with the
/// error, at the first that `take` gives.
pub(super) fn on_all_cores<T: Sync, R: Send, E>(
    items: &[T],
    work: impl Fn(&T) -> R + Sync,
    mut take: impl FnMut(R) -> Result<(), E>,
) -> Result<(), E> {
    let cores = std::thread::available_parallelism().map_or(1, |n| n.get());
    if items.len() < WORTH_THREADS || cores == 1 {
        return items.iter().try_for_each(|item| take(work(item)));
    }
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        let (send, receive) = mpsc::sync_channel(WAITING * cores);
        for _ in 0..cores {
            let (send, next, work) = (send.clone(), &next, &work);
            scope.spawn(move || {
                while let Some(item) = items.get(next.fetch_add(1, Ordering::Relaxed)) {
                    if send.send(work(item)).is_err() {
                        break;
                    }
                }
            });
        }
        drop(send);
        // On an error the receiver is dropped here, which ends the workers.
        receive.into_iter().try_for_each(&mut take)
    })
}
