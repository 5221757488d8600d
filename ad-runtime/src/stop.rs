//! Stopping differentiation.

/// Returns its argument; in an annotated function, as a value without derivative.
///
/// The derivative of `constant(e)` is zero by decision, whatever `e` depends on.
///
/// ```
/// assert_eq!(ad_runtime::constant(3.0), 3.0);
/// ```
#[inline(always)]
#[must_use]
pub fn constant<T>(value: T) -> T {
    value
}

/// In a module of its own, so that the documentation can leave it out.
pub mod marker {
    /// What tells an annotated function that `constant` is this one.
    #[doc(hidden)]
    #[expect(
        non_camel_case_types,
        reason = "it stands beside the function of this name"
    )]
    #[derive(Debug)]
    pub struct constant {}

    impl constant {
        #[doc(hidden)]
        pub const __STOPS_DIFFERENTIATION: () = ();
    }
}
