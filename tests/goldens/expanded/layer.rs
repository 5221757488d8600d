/// A `&mut` parameter that is written, inactive data, and a selection in a loop.
pub fn layer(w: &[f64], x: &[f64], y: &mut [f64]) {
    for j in 0..y.len() {
        let row = &w[j * x.len()..(j + 1) * x.len()];
        let mut sum = 0.0;
        for i in 0..x.len() {
            sum += row[i] * x[i];
        }
        y[j] = sum.max(0.0);
    }
}
/// Derivatives of [`layer`](fn@layer).
///
/// It is differentiated with respect to `w` and `y`.
/// At ties it follows `MinNorm`, or the rule of its caller.
///
/// | site | source | kind | derivative at a tie |
/// |---|---|---|---|
/// | 0 | `sum.max(0.0)` | `Max` | half of each operand; 0 against a constant |
///
/// What a gradient means at a tie: [`ad_runtime::meaning`](https://docs.rs/ad-runtime/latest/ad_runtime/meaning/).
#[allow(
    dead_code,
    non_camel_case_types,
    missing_debug_implementations,
    missing_copy_implementations,
    unnameable_types,
    clippy::all,
    clippy::pedantic,
    clippy::nursery,
    clippy::restriction
)]
pub struct layer {}
#[allow(
    unused,
    non_snake_case,
    non_camel_case_types,
    non_upper_case_globals,
    deprecated,
    private_interfaces,
    private_bounds,
    single_use_lifetimes,
    unused_lifetimes,
    unused_qualifications,
    unused_results,
    trivial_casts,
    trivial_numeric_casts,
    let_underscore_drop,
    unit_bindings,
    variant_size_differences,
    clippy::all,
    clippy::pedantic,
    clippy::nursery,
    clippy::restriction
)]
impl layer {
    /// The sites of `layer`: where an active value decides. They are listed above.
    pub const SITES: &'static [::ad_runtime::Site] = {
        use ::ad_runtime::__private as __rt;
        use ::core::{column, file, line};
        &[
            __rt::site(
                0,
                __rt::SiteKind::Max,
                "layer",
                file!(),
                line!(),
                column!(),
                "sum.max(0.0)",
            ),
        ]
    };
    /// Reverse mode through what `layer` writes: its result if it has one and the cotangents of `w`.
    ///
    /// The cotangent that follows `y` is on entry that of the final value, and on return that of the initial value.
    ///
    /// # Panics
    ///
    /// Panics where `layer` does, and before anything runs if the length of a cotangent or tangent is not that of its argument.
    #[inline]
    #[track_caller]
    pub fn vjp(
        w: &[f64],
        x: &[f64],
        y: &mut [f64],
        y_adj: &mut [f64],
    ) -> ::std::vec::Vec<f64> {
        Self::__owned(
                &mut ::ad_runtime::__private::Tape::new(),
                <::ad_runtime::__private::Select<
                    ::ad_runtime::__private::MinNorm,
                    ::ad_runtime::__private::Off,
                > as ::core::default::Default>::default(),
                w,
                x,
                y,
                y_adj,
                ::ad_runtime::__private::Hold::new().shared(),
            )
            .1
    }
    /// As [`vjp`](Self::vjp), with another rule at ties for this one call.
    ///
    /// The cotangent that follows `y` is on entry that of the final value, and on return that of the initial value.
    ///
    /// # Panics
    ///
    /// Panics where `layer` does, and before anything runs if the length of a cotangent or tangent is not that of its argument.
    #[inline]
    #[track_caller]
    pub fn vjp_with<__R: ::ad_runtime::__private::Rule>(
        w: &[f64],
        x: &[f64],
        y: &mut [f64],
        y_adj: &mut [f64],
    ) -> ::std::vec::Vec<f64> {
        Self::__owned(
                &mut ::ad_runtime::__private::Tape::new(),
                <::ad_runtime::__private::Select<
                    __R,
                    ::ad_runtime::__private::Off,
                > as ::core::default::Default>::default(),
                w,
                x,
                y,
                y_adj,
                ::ad_runtime::__private::Hold::new().shared(),
            )
            .1
    }
    /// As [`vjp`](Self::vjp), adding to the given cotangents and reusing the memory of `tape`: nothing is allocated in the steady state.
    ///
    /// The cotangent that follows `y` is on entry that of the final value, and on return that of the initial value.
    ///
    /// # Panics
    ///
    /// Panics where `layer` does, and before anything runs if the length of a cotangent or tangent is not that of its argument.
    #[inline]
    #[track_caller]
    pub fn vjp_into(
        tape: &mut ::ad_runtime::Tape,
        w: &[f64],
        w_adj: &mut [f64],
        x: &[f64],
        y: &mut [f64],
        y_adj: &mut [f64],
    ) {
        Self::__outer(
            tape,
            <::ad_runtime::__private::Select<
                ::ad_runtime::__private::MinNorm,
                ::ad_runtime::__private::Off,
            > as ::core::default::Default>::default(),
            w,
            w_adj,
            x,
            y,
            y_adj,
            ::ad_runtime::__private::Hold::new().shared(),
        )
    }
    /// Forward mode: what `layer` returns, and its tangent, for tangents of its arguments.
    ///
    /// # Panics
    ///
    /// Panics where `layer` does, and before anything runs if the length of a cotangent or tangent is not that of its argument.
    #[inline]
    #[track_caller]
    pub fn jvp(w: &[f64], w_tan: &[f64], x: &[f64], y: &mut [f64], y_tan: &mut [f64]) {
        ::ad_runtime::__private::check_len("w_tan", w_tan.len(), "w", w.len());
        ::ad_runtime::__private::check_len("y_tan", y_tan.len(), "y", y.len());
        Self::__tan(
            &mut ::ad_runtime::__private::Tape::new(),
            <::ad_runtime::__private::Select<
                ::ad_runtime::__private::MinNorm,
                ::ad_runtime::__private::Off,
            > as ::core::default::Default>::default(),
            (
                ::ad_runtime::__private::Active,
                ::ad_runtime::__private::Inactive,
                ::ad_runtime::__private::Active,
            ),
            w,
            w_tan,
            x,
            ::ad_runtime::__private::Hold::new().shared(),
            y,
            y_tan,
        );
    }
    /// As [`jvp`](Self::jvp), with another rule at ties for this one call.
    ///
    /// # Panics
    ///
    /// Panics where `layer` does, and before anything runs if the length of a cotangent or tangent is not that of its argument.
    #[inline]
    #[track_caller]
    pub fn jvp_with<__R: ::ad_runtime::__private::Rule>(
        w: &[f64],
        w_tan: &[f64],
        x: &[f64],
        y: &mut [f64],
        y_tan: &mut [f64],
    ) {
        ::ad_runtime::__private::check_len("w_tan", w_tan.len(), "w", w.len());
        ::ad_runtime::__private::check_len("y_tan", y_tan.len(), "y", y.len());
        Self::__tan(
            &mut ::ad_runtime::__private::Tape::new(),
            <::ad_runtime::__private::Select<
                __R,
                ::ad_runtime::__private::Off,
            > as ::core::default::Default>::default(),
            (
                ::ad_runtime::__private::Active,
                ::ad_runtime::__private::Inactive,
                ::ad_runtime::__private::Active,
            ),
            w,
            w_tan,
            x,
            ::ad_runtime::__private::Hold::new().shared(),
            y,
            y_tan,
        );
    }
    /// As [`jvp`](Self::jvp), with several tangents of each argument at once, the lanes innermost: `[f64; N]` for a float.
    ///
    /// # Panics
    ///
    /// Panics where `layer` does, and before anything runs if the length of a cotangent or tangent is not that of its argument.
    #[inline]
    #[track_caller]
    pub fn jvp_lanes<const __N: usize>(
        w: &[f64],
        w_tan: &[[f64; __N]],
        x: &[f64],
        y: &mut [f64],
        y_tan: &mut [[f64; __N]],
    ) {
        const { ::core::assert!(__N > 0, "`jvp_lanes` has at least one lane") };
        ::ad_runtime::__private::check_len("w_tan", w_tan.len(), "w", w.len());
        ::ad_runtime::__private::check_len("y_tan", y_tan.len(), "y", y.len());
        Self::__lanes(
            &mut ::ad_runtime::__private::Tape::new(),
            <::ad_runtime::__private::Select<
                ::ad_runtime::__private::MinNorm,
                ::ad_runtime::__private::Off,
            > as ::core::default::Default>::default(),
            ::ad_runtime::__private::lanes::Width::<__N>,
            (
                ::ad_runtime::__private::Active,
                ::ad_runtime::__private::Inactive,
                ::ad_runtime::__private::Active,
            ),
            w,
            w_tan,
            x,
            ::ad_runtime::__private::Hold::new().shared(),
            y,
            y_tan,
        );
    }
    /// Runs `layer` and records its selections. The verdict assumes that the sides of tied branches agree at the tie.
    #[inline]
    #[track_caller]
    pub fn trace(w: &[f64], x: &[f64], y: &mut [f64]) -> ::ad_runtime::Trace {
        let mut tape = ::ad_runtime::__private::Tape::new();
        tape.begin();
        let value = Self::__adj(
            &mut tape,
            <::ad_runtime::__private::Select<
                ::ad_runtime::__private::MinNorm,
                ::ad_runtime::__private::Recording,
            > as ::core::default::Default>::default(),
            ::ad_runtime::__private::Primal,
            (
                ::ad_runtime::__private::Active,
                ::ad_runtime::__private::Inactive,
                ::ad_runtime::__private::Active,
            ),
            w,
            ::ad_runtime::__private::Hold::new().slot(),
            x,
            ::ad_runtime::__private::Hold::new().slot(),
            &mut *y,
            ::ad_runtime::__private::Hold::new().slot(),
            ::ad_runtime::__private::Hold::new().shared(),
        );
        let __finite = ::ad_runtime::__private::all_finite(&*y);
        let __trace = ::ad_runtime::__private::finish_trace(&mut tape, __finite);
        __trace
    }
    /// As [`trace`](Self::trace), with another rule at ties for this one call.
    #[inline]
    #[track_caller]
    pub fn trace_with<__R: ::ad_runtime::__private::Rule>(
        w: &[f64],
        x: &[f64],
        y: &mut [f64],
    ) -> ::ad_runtime::Trace {
        let mut tape = ::ad_runtime::__private::Tape::new();
        tape.begin();
        let value = Self::__adj(
            &mut tape,
            <::ad_runtime::__private::Select<
                __R,
                ::ad_runtime::__private::Recording,
            > as ::core::default::Default>::default(),
            ::ad_runtime::__private::Primal,
            (
                ::ad_runtime::__private::Active,
                ::ad_runtime::__private::Inactive,
                ::ad_runtime::__private::Active,
            ),
            w,
            ::ad_runtime::__private::Hold::new().slot(),
            x,
            ::ad_runtime::__private::Hold::new().slot(),
            &mut *y,
            ::ad_runtime::__private::Hold::new().slot(),
            ::ad_runtime::__private::Hold::new().shared(),
        );
        let __finite = ::ad_runtime::__private::all_finite(&*y);
        let __trace = ::ad_runtime::__private::finish_trace(&mut tape, __finite);
        __trace
    }
    #[doc(hidden)]
    #[track_caller]
    #[inline]
    fn __outer<__S: ::ad_runtime::__private::Selector>(
        tape: &mut ::ad_runtime::__private::Tape,
        __sel: __S,
        w: &[f64],
        w_adj: &mut [f64],
        x: &[f64],
        y: &mut [f64],
        y_adj: &mut [f64],
        seed: &(),
    ) -> () {
        ::ad_runtime::__private::check_len("w_adj", w_adj.len(), "w", w.len());
        ::ad_runtime::__private::check_len("y_adj", y_adj.len(), "y", y.len());
        tape.begin();
        Self::__adj(
            tape,
            __sel,
            ::ad_runtime::__private::Outer,
            (
                ::ad_runtime::__private::Active,
                ::ad_runtime::__private::Inactive,
                ::ad_runtime::__private::Active,
            ),
            w,
            w_adj,
            x,
            ::ad_runtime::__private::Hold::new().slot(),
            y,
            y_adj,
            seed,
        )
    }
    #[doc(hidden)]
    #[track_caller]
    #[inline]
    fn __owned<__S: ::ad_runtime::__private::Selector>(
        tape: &mut ::ad_runtime::__private::Tape,
        __sel: __S,
        w: &[f64],
        x: &[f64],
        y: &mut [f64],
        y_adj: &mut [f64],
        seed: &(),
    ) -> ((), ::std::vec::Vec<f64>) {
        let mut w_adj = ::ad_runtime::__private::zero_like(w);
        let __value = Self::__outer(tape, __sel, w, &mut w_adj, x, y, y_adj, seed);
        (__value, w_adj)
    }
    #[doc(hidden)]
    pub const __RECOMPUTE: bool = false;
    #[doc(hidden)]
    pub const __OVERWRITES: &[bool] = &[false, false, true];
    #[doc(hidden)]
    #[inline]
    pub fn __fwd(
        __tape: &mut ::ad_runtime::__private::Tape,
        __sel: impl ::ad_runtime::__private::Selector,
        __act: (
            impl ::ad_runtime::__private::Activity,
            impl ::ad_runtime::__private::NotDifferentiated,
            impl ::ad_runtime::__private::Activity,
        ),
        __arg_0: &[f64],
        __arg_1: &[f64],
        __arg_2: &mut [f64],
    ) -> () {
        Self::__adj(
            __tape,
            __sel,
            ::ad_runtime::__private::Forward,
            __act,
            __arg_0,
            ::ad_runtime::__private::Hold::new().slot(),
            __arg_1,
            ::ad_runtime::__private::Hold::new().slot(),
            __arg_2,
            ::ad_runtime::__private::Hold::new().slot(),
            ::ad_runtime::__private::Hold::new().shared(),
        )
    }
    #[doc(hidden)]
    #[inline]
    pub fn __run(
        __tape: &mut ::ad_runtime::__private::Tape,
        __sel: impl ::ad_runtime::__private::Selector,
        __act: (
            impl ::ad_runtime::__private::Activity,
            impl ::ad_runtime::__private::Activity,
            impl ::ad_runtime::__private::Activity,
        ),
        __arg_0: &[f64],
        __arg_1: &[f64],
        __arg_2: &mut [f64],
    ) -> () {
        Self::__adj(
            __tape,
            __sel,
            ::ad_runtime::__private::Primal,
            __act,
            __arg_0,
            ::ad_runtime::__private::Hold::new().slot(),
            __arg_1,
            ::ad_runtime::__private::Hold::new().slot(),
            __arg_2,
            ::ad_runtime::__private::Hold::new().slot(),
            ::ad_runtime::__private::Hold::new().shared(),
        )
    }
    #[doc(hidden)]
    #[inline]
    pub fn __rev(
        __tape: &mut ::ad_runtime::__private::Tape,
        __sel: impl ::ad_runtime::__private::Selector,
        __act: (
            impl ::ad_runtime::__private::Activity,
            impl ::ad_runtime::__private::Activity,
            impl ::ad_runtime::__private::Activity,
        ),
        __arg_0: &[f64],
        __slot_0: &mut [f64],
        __arg_1: &[f64],
        __slot_1: &mut [f64],
        __arg_2: &mut [f64],
        __slot_2: &mut [f64],
        __seed: &(),
    ) {
        Self::__adj(
            __tape,
            __sel,
            ::ad_runtime::__private::Reverse,
            __act,
            __arg_0,
            __slot_0,
            __arg_1,
            __slot_1,
            __arg_2,
            __slot_2,
            __seed,
        )
    }
    #[doc(hidden)]
    #[inline]
    pub fn __both(
        __tape: &mut ::ad_runtime::__private::Tape,
        __sel: impl ::ad_runtime::__private::Selector,
        __act: (
            impl ::ad_runtime::__private::Activity,
            impl ::ad_runtime::__private::Activity,
            impl ::ad_runtime::__private::Activity,
        ),
        __arg_0: &[f64],
        __slot_0: &mut [f64],
        __arg_1: &[f64],
        __slot_1: &mut [f64],
        __arg_2: &mut [f64],
        __slot_2: &mut [f64],
        __seed: &(),
    ) -> () {
        Self::__adj(
            __tape,
            __sel,
            ::ad_runtime::__private::Both,
            __act,
            __arg_0,
            __slot_0,
            __arg_1,
            __slot_1,
            __arg_2,
            __slot_2,
            __seed,
        )
    }
    #[doc(hidden)]
    #[inline]
    pub fn __jvp(
        __tape: &mut ::ad_runtime::__private::Tape,
        __sel: impl ::ad_runtime::__private::Selector,
        __act: (
            impl ::ad_runtime::__private::Activity,
            impl ::ad_runtime::__private::Activity,
            impl ::ad_runtime::__private::Activity,
        ),
        __arg_0: &[f64],
        __slot_0: &[f64],
        __arg_1: &[f64],
        __slot_1: &[f64],
        __arg_2: &mut [f64],
        __slot_2: &mut [f64],
    ) -> ((), ()) {
        Self::__tan(
            __tape,
            __sel,
            __act,
            __arg_0,
            __slot_0,
            __arg_1,
            __slot_1,
            __arg_2,
            __slot_2,
        )
    }
    #[doc(hidden)]
    #[inline]
    pub fn __jvp_lanes<const __N: usize>(
        __tape: &mut ::ad_runtime::__private::Tape,
        __sel: impl ::ad_runtime::__private::Selector,
        __act: (
            impl ::ad_runtime::__private::Activity,
            impl ::ad_runtime::__private::Activity,
            impl ::ad_runtime::__private::Activity,
        ),
        _: ::ad_runtime::__private::lanes::Width<__N>,
        __arg_0: &[f64],
        __slot_0: &[[f64; __N]],
        __arg_1: &[f64],
        __slot_1: &[[f64; __N]],
        __arg_2: &mut [f64],
        __slot_2: &mut [[f64; __N]],
    ) -> ((), ()) {
        Self::__lanes(
            __tape,
            __sel,
            ::ad_runtime::__private::lanes::Width::<__N>,
            __act,
            __arg_0,
            __slot_0,
            __arg_1,
            __slot_1,
            __arg_2,
            __slot_2,
        )
    }
    #[doc(hidden)]
    #[inline(always)]
    pub fn __rereads_0<__A: ::ad_runtime::__private::Activity>(marker: __A) -> __A {
        marker
    }
    #[doc(hidden)]
    #[inline(always)]
    pub fn __rereads_1<__A: ::ad_runtime::__private::Activity>(
        marker: __A,
    ) -> ::ad_runtime::__private::Restoring<__A> {
        ::ad_runtime::__private::Activity::restoring(marker)
    }
    #[doc(hidden)]
    #[inline(always)]
    pub fn __rereads_2<__A: ::ad_runtime::__private::Activity>(marker: __A) -> __A {
        marker
    }
    #[doc(hidden)]
    #[inline]
    fn __adj<
        __S: ::ad_runtime::__private::Selector,
        __P: ::ad_runtime::__private::Phase,
        __A0: ::ad_runtime::__private::Activity,
        __A1: ::ad_runtime::__private::Activity,
        __A2: ::ad_runtime::__private::Activity,
    >(
        tape: &mut ::ad_runtime::__private::Tape,
        sel: __S,
        __phase: __P,
        act: (__A0, __A1, __A2),
        w: &[f64],
        w_adj: &mut [f64],
        x: &[f64],
        __slot_1: &mut [f64],
        y: &mut [f64],
        y_adj: &mut [f64],
        __seed: &(),
    ) -> <__P as ::ad_runtime::__private::Phase>::Out<()> {
        use ::ad_runtime::__private as __rt;
        use ::ad_runtime::__private::traits::*;
        let w_adj = if __P::REV && __A0::ON { &mut w_adj[..w.len()] } else { w_adj };
        let y_adj = if __P::REV && __A2::ON { &mut y_adj[..y.len()] } else { y_adj };
        let __type_of_sum_13 = __rt::witness();
        let __type_of_old_19 = __rt::witness();
        let __type_of_old_36 = __rt::witness();
        let (__value, ()) = if __P::FWD {
            let t = (*y).len();
            let length = (*y).len();
            let whole: bool = usize::max(16, length / 4)
                <= (t as usize).saturating_sub(0 as usize);
            if __A2::RESTORE {
                if whole {
                    let n = (*y).len();
                    let __range_k = 0..n;
                    let __n_k = __rt::trips(&__range_k);
                    let mut __column_0_k = if __P::TAPE {
                        __type_of_old_36.column(tape, __n_k)
                    } else {
                        ::std::vec::Vec::new()
                    };
                    {
                        let __column_0_k = if __P::TAPE {
                            &mut __column_0_k[..__n_k]
                        } else {
                            &mut [][..]
                        };
                        for k in __range_k {
                            let __row_k = k;
                            let old_2 = y[k];
                            if __P::TAPE {
                                __type_of_old_36.set(__column_0_k, __row_k, old_2);
                            }
                        }
                    }
                    if __P::TAPE {
                        __type_of_old_36.keep(__column_0_k, tape);
                    }
                }
            }
            let __range_j = 0..t;
            let __n_j = __rt::trips(&__range_j);
            let mut __column_0_j = if __P::TAPE {
                __type_of_sum_13.column(tape, __n_j)
            } else {
                ::std::vec::Vec::new()
            };
            {
                let __column_0_j = if __P::TAPE {
                    &mut __column_0_j[..__n_j]
                } else {
                    &mut [][..]
                };
                for j in __range_j {
                    let __row_j = j;
                    let t_2: usize = j * (*x).len();
                    let t_3: usize = (j + 1) * (*x).len();
                    let mut sum = 0.0;
                    let t_4 = (*x).len();
                    for i in 0..t_4 {
                        let t_5 = w[t_2..t_3][i];
                        let t_6 = x[i];
                        let t_7 = t_5 * t_6;
                        sum += t_7;
                    }
                    let sum_2 = sum;
                    let t_8 = __rt::Float::max(sum_2, 0.0);
                    __rt::kink::max(
                        sel,
                        tape,
                        &Self::SITES[0],
                        [__A0::ON, false],
                        [sum_2, 0.0],
                    );
                    if __A2::RESTORE {
                        if whole {} else {
                            let old = y[j];
                            if __P::TAPE {
                                __type_of_old_19.push(old, tape);
                            }
                        }
                    }
                    y[j] = t_8;
                    if __P::TAPE {
                        __type_of_sum_13.set(__column_0_j, __row_j, sum_2);
                    }
                }
            }
            if __P::TAPE {
                __type_of_sum_13.keep(__column_0_j, tape);
            }
            let __value = ();
            if !__P::REV {
                if __P::TAPE {
                    __rt::Record::push((), tape);
                }
                return __P::out(::core::option::Option::Some(__value));
            }
            (::core::option::Option::Some(__value), ())
        } else {
            (::core::option::Option::None, __rt::Record::pop(tape))
        };
        let t = (*y).len();
        let length_2 = (*y).len();
        let whole_2: bool = usize::max(16, length_2 / 4)
            <= (t as usize).saturating_sub(0 as usize);
        let __range_j = 0..t;
        let __n_j = __rt::trips(&__range_j);
        let __column_0_j = __type_of_sum_13.restore(tape);
        {
            let __column_0_j = &__column_0_j[..__n_j];
            for j in __range_j.rev() {
                let __row_j = j;
                let sum_2 = __type_of_sum_13.get(__column_0_j, __row_j);
                let mut t_adj = 0.0;
                if __A2::RESTORE {
                    if whole_2 {} else {
                        let old = __type_of_old_19.pop(tape);
                        y[j] = old;
                    }
                }
                if __A2::ON {
                    let t_9 = ::core::mem::take(&mut y_adj[j]);
                    t_adj += t_9;
                }
                let t_10 = t_adj;
                let weights = __rt::weight::max(
                    sel,
                    tape,
                    [__A0::ON, false],
                    [sum_2, 0.0],
                );
                let t_11 = weights[0];
                let sum_adj = __rt::scale(t_11, t_10);
                let t_2: usize = j * (*x).len();
                let t_3: usize = (j + 1) * (*x).len();
                let t_4 = (*x).len();
                {
                    let x_part = if t_4 > 0 {
                        let first: usize = 0;
                        &(*x)[first..][..t_4]
                    } else {
                        &[]
                    };
                    let w_adj_part = if t_4 > 0 && (__A0::ON) {
                        let first_2: usize = 0;
                        &mut w_adj[t_2..t_3][first_2..][..t_4]
                    } else {
                        &mut []
                    };
                    for i in 0..t_4 {
                        let t_6 = x_part[i];
                        let t_adj_3 = sum_adj * t_6;
                        if __A0::ON {
                            w_adj_part[i] += t_adj_3;
                        }
                    }
                }
            }
        }
        __type_of_sum_13.recycle(__column_0_j, tape);
        if __A2::RESTORE {
            if whole_2 {
                let n_2 = (*y).len();
                {
                    let y_part = if n_2 > 0 {
                        let first_3: usize = 0;
                        &mut (*y)[first_3..][..n_2]
                    } else {
                        &mut []
                    };
                    let __range_k_2 = 0..n_2;
                    let __n_k_2 = __rt::trips(&__range_k_2);
                    let __column_0_k_2 = __type_of_old_36.restore(tape);
                    {
                        let __column_0_k_2 = &__column_0_k_2[..__n_k_2];
                        for k_2 in __range_k_2 {
                            let __row_k_2 = k_2;
                            let old_2 = __type_of_old_36.get(__column_0_k_2, __row_k_2);
                            y_part[k_2] = old_2;
                        }
                    }
                    __type_of_old_36.recycle(__column_0_k_2, tape);
                }
            }
        }
        __P::out(__value)
    }
    #[doc(hidden)]
    #[inline]
    fn __tan<
        __S: ::ad_runtime::__private::Selector,
        __A0: ::ad_runtime::__private::Activity,
        __A1: ::ad_runtime::__private::Activity,
        __A2: ::ad_runtime::__private::Activity,
    >(
        tape: &mut ::ad_runtime::__private::Tape,
        sel: __S,
        act: (__A0, __A1, __A2),
        w: &[f64],
        w_tan: &[f64],
        x: &[f64],
        __slot_1: &[f64],
        y: &mut [f64],
        y_tan: &mut [f64],
    ) -> ((), ()) {
        use ::ad_runtime::__private as __rt;
        use ::ad_runtime::__private::traits::*;
        let w_tan = if __A0::ON { &w_tan[..w.len()] } else { w_tan };
        let y_tan = if __A2::ON { &mut y_tan[..y.len()] } else { y_tan };
        let t = (*y).len();
        for j in 0..t {
            let t_2: usize = j * (*x).len();
            let t_3: usize = (j + 1) * (*x).len();
            let mut sum = 0.0;
            let mut sum_tan = 0.0;
            let t_4 = (*x).len();
            for i in 0..t_4 {
                let t_5 = w[t_2..t_3][i];
                let t_tan = if __A0::ON { w_tan[t_2..t_3][i] } else { 0.0 };
                let t_6 = x[i];
                let t_7 = t_5 * t_6;
                let t_tan_3 = t_tan * t_6;
                sum += t_7;
                sum_tan += t_tan_3;
            }
            let sum_2 = sum;
            let sum_tan_2 = sum_tan;
            __rt::head(sel, tape, [__rt::slope(sum_tan_2, __A0::ON), 0.0]);
            let t_8 = __rt::Float::max(sum_2, 0.0);
            __rt::kink::max(sel, tape, &Self::SITES[0], [__A0::ON, false], [sum_2, 0.0]);
            let weights = __rt::weight::max(sel, tape, [__A0::ON, false], [sum_2, 0.0]);
            let t_9 = weights[0];
            let t_tan_5 = __rt::scale(t_9, sum_tan_2);
            y[j] = t_8;
            if __A2::ON {
                y_tan[j] = t_tan_5;
            }
        }
        let __value = ();
        let __tangent = ();
        (__value, __tangent)
    }
    #[doc(hidden)]
    #[inline]
    fn __lanes<
        __S: ::ad_runtime::__private::Selector,
        __A0: ::ad_runtime::__private::Activity,
        __A1: ::ad_runtime::__private::Activity,
        __A2: ::ad_runtime::__private::Activity,
        const __N: usize,
    >(
        tape: &mut ::ad_runtime::__private::Tape,
        sel: __S,
        _: ::ad_runtime::__private::lanes::Width<__N>,
        act: (__A0, __A1, __A2),
        w: &[f64],
        w_tan: &[[f64; __N]],
        x: &[f64],
        __slot_1: &[[f64; __N]],
        y: &mut [f64],
        y_tan: &mut [[f64; __N]],
    ) -> ((), ()) {
        use ::ad_runtime::__private as __rt;
        use ::ad_runtime::__private::traits::*;
        let w_tan = if __A0::ON { &w_tan[..w.len()] } else { w_tan };
        let y_tan = if __A2::ON { &mut y_tan[..y.len()] } else { y_tan };
        let t = (*y).len();
        for j in 0..t {
            let t_2: usize = j * (*x).len();
            let t_3: usize = (j + 1) * (*x).len();
            let mut sum = 0.0;
            let mut sum_tan: [_; __N] = [0.0; __N];
            let t_4 = (*x).len();
            for i in 0..t_4 {
                let t_5 = w[t_2..t_3][i];
                let t_tan = if __A0::ON { w_tan[t_2..t_3][i] } else { [0.0; __N] };
                let t_6 = x[i];
                let t_7 = t_5 * t_6;
                let t_tan_3 = __rt::lanes::mul(t_tan, t_6);
                sum += t_7;
                __rt::add(&mut sum_tan, &t_tan_3);
            }
            let sum_2 = sum;
            let sum_tan_2 = sum_tan;
            let t_8 = __rt::Float::max(sum_2, 0.0);
            let weights = __rt::weight::max(sel, tape, [__A0::ON, false], [sum_2, 0.0]);
            let t_9 = weights[0];
            let t_tan_5 = __rt::lanes::scale(t_9, sum_tan_2);
            y[j] = t_8;
            if __A2::ON {
                y_tan[j] = t_tan_5;
            }
        }
        let __value = ();
        let __tangent = ();
        (__value, __tangent)
    }
    #[doc(hidden)]
    #[inline(always)]
    pub fn __primal(__arg_0: &[f64], __arg_1: &[f64], __arg_2: &mut [f64]) -> () {
        layer(__arg_0, __arg_1, __arg_2)
    }
}
