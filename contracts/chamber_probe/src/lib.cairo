//! What only tests put beside the practice Chamber.

mod any_proof;
mod hostile_token;
mod probe;
