/// A branch and a kink.
pub fn huber(x: f64, delta: f64) -> f64 {
    let a = x.abs();
    if a <= delta { 0.5 * x * x } else { delta * (a - 0.5 * delta) }
}
/// Derivatives of [`huber`](fn@huber).
///
/// It is differentiated with respect to `x` and `delta`.
/// At ties it follows `MinNorm`, or the rule of its caller.
///
/// | site | source | kind | derivative at a tie |
/// |---|---|---|---|
/// | 0 | `x.abs()` | `Abs` | 0 |
/// | 1 | `a <= delta` | `LessEqual` | that of the executed branch |
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
pub struct huber {}
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
impl huber {
    /// The sites of `huber`: where an active value decides. They are listed above.
    pub const SITES: &'static [::ad_runtime::Site] = {
        use ::ad_runtime::__private as __rt;
        use ::core::{column, file, line};
        &[
            __rt::site(
                0,
                __rt::SiteKind::Abs,
                "huber",
                file!(),
                line!(),
                column!(),
                "x.abs()",
            ),
            __rt::site(
                1,
                __rt::SiteKind::LessEqual,
                "huber",
                file!(),
                line!(),
                column!(),
                "a <= delta",
            ),
        ]
    };
    /// The value of `huber` and its gradient, by reverse mode.
    #[inline]
    #[track_caller]
    pub fn grad(x: f64, delta: f64) -> (f64, (f64, f64)) {
        Self::__owned(
            &mut ::ad_runtime::__private::Tape::new(),
            <::ad_runtime::__private::Select<
                ::ad_runtime::__private::MinNorm,
                ::ad_runtime::__private::Off,
            > as ::core::default::Default>::default(),
            x,
            delta,
            &1.0,
        )
    }
    /// As [`grad`](Self::grad), with another rule at ties for this one call.
    #[inline]
    #[track_caller]
    pub fn grad_with<__R: ::ad_runtime::__private::Rule>(
        x: f64,
        delta: f64,
    ) -> (f64, (f64, f64)) {
        Self::__owned(
            &mut ::ad_runtime::__private::Tape::new(),
            <::ad_runtime::__private::Select<
                __R,
                ::ad_runtime::__private::Off,
            > as ::core::default::Default>::default(),
            x,
            delta,
            &1.0,
        )
    }
    /// As [`grad`](Self::grad), with the selections of the same run and its verdict.
    #[inline]
    #[track_caller]
    pub fn grad_trace(x: f64, delta: f64) -> (f64, (f64, f64), ::ad_runtime::Trace) {
        let mut tape = ::ad_runtime::__private::Tape::new();
        let (value, __adjoints) = Self::__owned(
            &mut tape,
            <::ad_runtime::__private::Select<
                ::ad_runtime::__private::MinNorm,
                ::ad_runtime::__private::Recording,
            > as ::core::default::Default>::default(),
            x,
            delta,
            &1.0,
        );
        let __finite = ::ad_runtime::__private::all_finite(&value)
            && ::ad_runtime::__private::all_finite(&__adjoints);
        (value, __adjoints, ::ad_runtime::__private::finish_trace(&mut tape, __finite))
    }
    /// As [`grad`](Self::grad), with the number of selections and of ties of the same run.
    #[inline]
    #[track_caller]
    pub fn grad_ties(x: f64, delta: f64) -> (f64, (f64, f64), ::ad_runtime::Ties) {
        let mut tape = ::ad_runtime::__private::Tape::new();
        let (value, __adjoints) = Self::__owned(
            &mut tape,
            <::ad_runtime::__private::Select<
                ::ad_runtime::__private::MinNorm,
                ::ad_runtime::__private::Count,
            > as ::core::default::Default>::default(),
            x,
            delta,
            &1.0,
        );
        let __finite = ::ad_runtime::__private::all_finite(&value)
            && ::ad_runtime::__private::all_finite(&__adjoints);
        (value, __adjoints, ::ad_runtime::__private::finish_ties(&mut tape, __finite))
    }
    /// The value and the cotangents of `x` and `delta`, by reverse mode, for the cotangent `seed` of the result.
    #[inline]
    #[track_caller]
    pub fn vjp(x: f64, delta: f64, seed: f64) -> (f64, (f64, f64)) {
        Self::__owned(
            &mut ::ad_runtime::__private::Tape::new(),
            <::ad_runtime::__private::Select<
                ::ad_runtime::__private::MinNorm,
                ::ad_runtime::__private::Off,
            > as ::core::default::Default>::default(),
            x,
            delta,
            &seed,
        )
    }
    /// As [`vjp`](Self::vjp), with another rule at ties for this one call.
    #[inline]
    #[track_caller]
    pub fn vjp_with<__R: ::ad_runtime::__private::Rule>(
        x: f64,
        delta: f64,
        seed: f64,
    ) -> (f64, (f64, f64)) {
        Self::__owned(
            &mut ::ad_runtime::__private::Tape::new(),
            <::ad_runtime::__private::Select<
                __R,
                ::ad_runtime::__private::Off,
            > as ::core::default::Default>::default(),
            x,
            delta,
            &seed,
        )
    }
    /// As [`vjp`](Self::vjp), adding to the given cotangents and reusing the memory of `tape`: nothing is allocated in the steady state.
    #[inline]
    #[track_caller]
    pub fn vjp_into(
        tape: &mut ::ad_runtime::Tape,
        x: f64,
        x_adj: &mut f64,
        delta: f64,
        delta_adj: &mut f64,
        seed: f64,
    ) -> f64 {
        Self::__outer(
            tape,
            <::ad_runtime::__private::Select<
                ::ad_runtime::__private::MinNorm,
                ::ad_runtime::__private::Off,
            > as ::core::default::Default>::default(),
            x,
            x_adj,
            delta,
            delta_adj,
            &seed,
        )
    }
    /// Forward mode: what `huber` returns, and its tangent, for tangents of its arguments.
    #[inline]
    #[track_caller]
    pub fn jvp(x: f64, x_tan: f64, delta: f64, delta_tan: f64) -> (f64, f64) {
        Self::__tan(
            &mut ::ad_runtime::__private::Tape::new(),
            <::ad_runtime::__private::Select<
                ::ad_runtime::__private::MinNorm,
                ::ad_runtime::__private::Off,
            > as ::core::default::Default>::default(),
            (::ad_runtime::__private::Active, ::ad_runtime::__private::Active),
            x,
            &x_tan,
            delta,
            &delta_tan,
        )
    }
    /// As [`jvp`](Self::jvp), with another rule at ties for this one call.
    #[inline]
    #[track_caller]
    pub fn jvp_with<__R: ::ad_runtime::__private::Rule>(
        x: f64,
        x_tan: f64,
        delta: f64,
        delta_tan: f64,
    ) -> (f64, f64) {
        Self::__tan(
            &mut ::ad_runtime::__private::Tape::new(),
            <::ad_runtime::__private::Select<
                __R,
                ::ad_runtime::__private::Off,
            > as ::core::default::Default>::default(),
            (::ad_runtime::__private::Active, ::ad_runtime::__private::Active),
            x,
            &x_tan,
            delta,
            &delta_tan,
        )
    }
    /// As [`jvp`](Self::jvp), with several tangents of each argument at once, the lanes innermost: `[f64; N]` for a float.
    #[inline]
    #[track_caller]
    pub fn jvp_lanes<const __N: usize>(
        x: f64,
        x_tan: [f64; __N],
        delta: f64,
        delta_tan: [f64; __N],
    ) -> (f64, [f64; __N]) {
        const { ::core::assert!(__N > 0, "`jvp_lanes` has at least one lane") };
        Self::__lanes(
            &mut ::ad_runtime::__private::Tape::new(),
            <::ad_runtime::__private::Select<
                ::ad_runtime::__private::MinNorm,
                ::ad_runtime::__private::Off,
            > as ::core::default::Default>::default(),
            ::ad_runtime::__private::lanes::Width::<__N>,
            (::ad_runtime::__private::Active, ::ad_runtime::__private::Active),
            x,
            &x_tan,
            delta,
            &delta_tan,
        )
    }
    /// The generators of the conservative field of `huber` at the point: the gradients of all pieces that meet there.
    #[inline]
    #[track_caller]
    pub fn field(
        x: f64,
        delta: f64,
        options: &::ad_runtime::FieldOptions,
    ) -> ::core::result::Result<
        ::ad_runtime::Field<(f64, f64)>,
        ::ad_runtime::FieldError,
    > {
        Self::__point(
            &x,
            &delta,
            |program| ::ad_runtime::__private::field::field(program, options),
        )
    }
    /// The value of `huber` and a limiting gradient, that of the piece in a direction from the point.
    #[inline]
    #[track_caller]
    pub fn limiting(
        x: f64,
        delta: f64,
        direction: &::ad_runtime::Direction<(f64, f64)>,
    ) -> ::core::result::Result<(f64, (f64, f64)), ::ad_runtime::LimitingError> {
        Self::__point(
            &x,
            &delta,
            |program| ::ad_runtime::__private::field::limiting(program, direction),
        )
    }
    /// The strongest statement that can be made about [`grad`](Self::grad) at the point.
    #[inline]
    #[track_caller]
    pub fn certify(x: f64, delta: f64) -> ::ad_runtime::Certificate {
        Self::__point(
            &x,
            &delta,
            |program| ::ad_runtime::__private::field::certify(program),
        )
    }
    /// The step along a direction to the next change of selection, to first order.
    #[inline]
    #[track_caller]
    pub fn step(
        x: f64,
        delta: f64,
        direction: &::ad_runtime::Direction<(f64, f64)>,
    ) -> ::ad_runtime::Step {
        Self::__point(
            &x,
            &delta,
            |program| ::ad_runtime::__private::field::step(program, direction),
        )
    }
    /// Runs `huber` and records its selections. The verdict assumes that the sides of tied branches agree at the tie.
    #[inline]
    #[track_caller]
    pub fn trace(x: f64, delta: f64) -> (f64, ::ad_runtime::Trace) {
        let mut tape = ::ad_runtime::__private::Tape::new();
        tape.begin();
        let value = Self::__adj(
            &mut tape,
            <::ad_runtime::__private::Select<
                ::ad_runtime::__private::MinNorm,
                ::ad_runtime::__private::Recording,
            > as ::core::default::Default>::default(),
            ::ad_runtime::__private::Primal,
            (::ad_runtime::__private::Active, ::ad_runtime::__private::Active),
            x,
            ::ad_runtime::__private::Hold::new().slot(),
            delta,
            ::ad_runtime::__private::Hold::new().slot(),
            ::ad_runtime::__private::Hold::new().shared(),
        );
        let __finite = ::ad_runtime::__private::all_finite(&value);
        let __trace = ::ad_runtime::__private::finish_trace(&mut tape, __finite);
        (value, __trace)
    }
    /// As [`trace`](Self::trace), with another rule at ties for this one call.
    #[inline]
    #[track_caller]
    pub fn trace_with<__R: ::ad_runtime::__private::Rule>(
        x: f64,
        delta: f64,
    ) -> (f64, ::ad_runtime::Trace) {
        let mut tape = ::ad_runtime::__private::Tape::new();
        tape.begin();
        let value = Self::__adj(
            &mut tape,
            <::ad_runtime::__private::Select<
                __R,
                ::ad_runtime::__private::Recording,
            > as ::core::default::Default>::default(),
            ::ad_runtime::__private::Primal,
            (::ad_runtime::__private::Active, ::ad_runtime::__private::Active),
            x,
            ::ad_runtime::__private::Hold::new().slot(),
            delta,
            ::ad_runtime::__private::Hold::new().slot(),
            ::ad_runtime::__private::Hold::new().shared(),
        );
        let __finite = ::ad_runtime::__private::all_finite(&value);
        let __trace = ::ad_runtime::__private::finish_trace(&mut tape, __finite);
        (value, __trace)
    }
    #[doc(hidden)]
    #[track_caller]
    #[inline]
    fn __outer<__S: ::ad_runtime::__private::Selector>(
        tape: &mut ::ad_runtime::__private::Tape,
        __sel: __S,
        x: f64,
        x_adj: &mut f64,
        delta: f64,
        delta_adj: &mut f64,
        seed: &f64,
    ) -> f64 {
        tape.begin();
        Self::__adj(
            tape,
            __sel,
            ::ad_runtime::__private::Outer,
            (::ad_runtime::__private::Active, ::ad_runtime::__private::Active),
            x,
            x_adj,
            delta,
            delta_adj,
            seed,
        )
    }
    #[doc(hidden)]
    #[track_caller]
    #[inline]
    fn __owned<__S: ::ad_runtime::__private::Selector>(
        tape: &mut ::ad_runtime::__private::Tape,
        __sel: __S,
        x: f64,
        delta: f64,
        seed: &f64,
    ) -> (f64, (f64, f64)) {
        let mut x_adj = ::ad_runtime::__private::zero_like(&x);
        let mut delta_adj = ::ad_runtime::__private::zero_like(&delta);
        let __value = Self::__outer(
            tape,
            __sel,
            x,
            &mut x_adj,
            delta,
            &mut delta_adj,
            seed,
        );
        (__value, (x_adj, delta_adj))
    }
    #[doc(hidden)]
    fn __point<__Out>(
        x: &f64,
        delta: &f64,
        then: impl ::core::ops::FnOnce(
            ::ad_runtime::__private::field::Program<'_, (f64, f64), f64>,
        ) -> __Out,
    ) -> __Out {
        let zero: (f64, f64) = (
            ::ad_runtime::__private::zero_like(&*x),
            ::ad_runtime::__private::zero_like(&*delta),
        );
        let mut gradient = || Self::__owned(
            &mut ::ad_runtime::__private::Tape::new(),
            <::ad_runtime::__private::Select<
                ::ad_runtime::__private::MinNorm,
                ::ad_runtime::__private::Off,
            > as ::core::default::Default>::default(),
            ::core::clone::Clone::clone(x),
            ::core::clone::Clone::clone(delta),
            &1.0,
        );
        let mut run = |
            tape: &mut ::ad_runtime::__private::Tape,
            (__tan_0, __tan_1): &(f64, f64),
            moved: ::core::option::Option<(&(f64, f64), f64)>|
        {
            let mut x = ::core::clone::Clone::clone(x);
            let mut delta = ::core::clone::Clone::clone(delta);
            if let ::core::option::Option::Some(((__by_0, __by_1), t)) = moved {
                if !(::ad_runtime::__private::Differentiable::displace(&mut x, __by_0, t)
                    && ::ad_runtime::__private::Differentiable::displace(
                        &mut delta,
                        __by_1,
                        t,
                    ))
                {
                    return ::core::option::Option::None;
                }
            }
            ::core::option::Option::Some(
                Self::__tan(
                    tape,
                    <::ad_runtime::__private::Select<
                        ::ad_runtime::__private::MinNorm,
                        ::ad_runtime::__private::Follow,
                    > as ::core::default::Default>::default(),
                    (::ad_runtime::__private::Active, ::ad_runtime::__private::Active),
                    x,
                    __tan_0,
                    delta,
                    __tan_1,
                ),
            )
        };
        then(::ad_runtime::__private::field::Program::new(zero, &mut run, &mut gradient))
    }
    #[doc(hidden)]
    pub const __RECOMPUTE: bool = true;
    #[doc(hidden)]
    pub const __OVERWRITES: &[bool] = &[false, false];
    #[doc(hidden)]
    #[inline]
    pub fn __fwd(
        __tape: &mut ::ad_runtime::__private::Tape,
        __sel: impl ::ad_runtime::__private::Selector,
        __act: (
            impl ::ad_runtime::__private::Activity,
            impl ::ad_runtime::__private::Activity,
        ),
        __arg_0: f64,
        __arg_1: f64,
    ) -> f64 {
        Self::__adj(
            __tape,
            __sel,
            ::ad_runtime::__private::Forward,
            __act,
            __arg_0,
            ::ad_runtime::__private::Hold::new().slot(),
            __arg_1,
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
        ),
        __arg_0: f64,
        __arg_1: f64,
    ) -> f64 {
        Self::__adj(
            __tape,
            __sel,
            ::ad_runtime::__private::Primal,
            __act,
            __arg_0,
            ::ad_runtime::__private::Hold::new().slot(),
            __arg_1,
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
        ),
        __arg_0: f64,
        __slot_0: &mut f64,
        __arg_1: f64,
        __slot_1: &mut f64,
        __seed: &f64,
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
        ),
        __arg_0: f64,
        __slot_0: &mut f64,
        __arg_1: f64,
        __slot_1: &mut f64,
        __seed: &f64,
    ) -> f64 {
        Self::__adj(
            __tape,
            __sel,
            ::ad_runtime::__private::Both,
            __act,
            __arg_0,
            __slot_0,
            __arg_1,
            __slot_1,
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
        ),
        __arg_0: f64,
        __slot_0: &f64,
        __arg_1: f64,
        __slot_1: &f64,
    ) -> (f64, f64) {
        Self::__tan(__tape, __sel, __act, __arg_0, __slot_0, __arg_1, __slot_1)
    }
    #[doc(hidden)]
    #[inline]
    pub fn __jvp_lanes<const __N: usize>(
        __tape: &mut ::ad_runtime::__private::Tape,
        __sel: impl ::ad_runtime::__private::Selector,
        __act: (
            impl ::ad_runtime::__private::Activity,
            impl ::ad_runtime::__private::Activity,
        ),
        _: ::ad_runtime::__private::lanes::Width<__N>,
        __arg_0: f64,
        __slot_0: &[f64; __N],
        __arg_1: f64,
        __slot_1: &[f64; __N],
    ) -> (f64, [f64; __N]) {
        Self::__lanes(
            __tape,
            __sel,
            ::ad_runtime::__private::lanes::Width::<__N>,
            __act,
            __arg_0,
            __slot_0,
            __arg_1,
            __slot_1,
        )
    }
    #[doc(hidden)]
    #[inline(always)]
    pub fn __rereads_0<__A: ::ad_runtime::__private::Activity>(
        marker: __A,
    ) -> ::ad_runtime::__private::Restoring<__A> {
        ::ad_runtime::__private::Activity::restoring(marker)
    }
    #[doc(hidden)]
    #[inline(always)]
    pub fn __rereads_1<__A: ::ad_runtime::__private::Activity>(
        marker: __A,
    ) -> ::ad_runtime::__private::Restoring<__A> {
        ::ad_runtime::__private::Activity::restoring(marker)
    }
    #[doc(hidden)]
    #[inline]
    fn __adj<
        __S: ::ad_runtime::__private::Selector,
        __P: ::ad_runtime::__private::Phase,
        __A0: ::ad_runtime::__private::Activity,
        __A1: ::ad_runtime::__private::Activity,
    >(
        tape: &mut ::ad_runtime::__private::Tape,
        sel: __S,
        __phase: __P,
        act: (__A0, __A1),
        x: f64,
        x_adj: &mut f64,
        delta: f64,
        delta_adj: &mut f64,
        seed: &f64,
    ) -> <__P as ::ad_runtime::__private::Phase>::Out<f64> {
        use ::ad_runtime::__private as __rt;
        use ::ad_runtime::__private::traits::*;
        let (__value, (t_4,)) = if __P::FWD {
            let x_2 = x;
            let delta_2 = delta;
            let a = x_2.abs();
            __rt::kink::abs(sel, tape, &Self::SITES[0], [__A0::ON], [x_2]);
            let mut t_2: f64;
            let t_4 = __rt::guard(
                sel,
                tape,
                &Self::SITES[1],
                __A0::ON || __A1::ON,
                a <= delta_2,
                || __rt::margin(a, delta_2),
            );
            if t_4 {
                let t_6 = 0.5 * x_2;
                let t_8 = t_6 * x_2;
                t_2 = t_8;
            } else {
                let t_11 = 0.5 * delta_2;
                let t_12 = a - t_11;
                let t_13 = delta_2 * t_12;
                t_2 = t_13;
            }
            let t_14 = t_2;
            let __value: f64 = t_14;
            if !__P::REV {
                if __P::TAPE {
                    __rt::Record::push((t_4,), tape);
                }
                return __P::out(::core::option::Option::Some(__value));
            }
            (::core::option::Option::Some(__value), (t_4,))
        } else {
            (::core::option::Option::None, __rt::Record::pop(tape))
        };
        let t_adj_2 = *seed;
        let mut t_adj_3 = t_adj_2;
        let x_2 = x;
        let mut x_adj_2: f64 = 0.0;
        let delta_2 = delta;
        let mut delta_adj_2: f64 = 0.0;
        let a = x_2.abs();
        let mut a_adj: f64 = 0.0;
        if t_4 {
            let t_adj_4 = ::core::mem::take(&mut t_adj_3);
            let t_6 = 0.5 * x_2;
            let t_adj_6 = t_adj_4 * x_2;
            let t_17 = t_6 * t_adj_4;
            x_adj_2 += t_17;
            let t_19 = 0.5 * t_adj_6;
            x_adj_2 += t_19;
        } else {
            let t_adj_8 = ::core::mem::take(&mut t_adj_3);
            let t_11 = 0.5 * delta_2;
            let t_12 = a - t_11;
            let t_21 = t_adj_8 * t_12;
            delta_adj_2 += t_21;
            let t_adj_10 = delta_2 * t_adj_8;
            a_adj += t_adj_10;
            let t_adj_12 = -t_adj_10;
            let t_24 = 0.5 * t_adj_12;
            delta_adj_2 += t_24;
        }
        let t_25 = a_adj;
        let weights = __rt::weight::abs(sel, tape, [__A0::ON], [x_2]);
        let t_26 = weights[0];
        let t_27 = __rt::scale(t_26, t_25);
        x_adj_2 += t_27;
        let t_28 = delta_adj_2;
        *delta_adj += t_28;
        let t_29 = x_adj_2;
        *x_adj += t_29;
        __P::out(__value)
    }
    #[doc(hidden)]
    #[inline]
    fn __tan<
        __S: ::ad_runtime::__private::Selector,
        __A0: ::ad_runtime::__private::Activity,
        __A1: ::ad_runtime::__private::Activity,
    >(
        tape: &mut ::ad_runtime::__private::Tape,
        sel: __S,
        act: (__A0, __A1),
        x: f64,
        x_tan: &f64,
        delta: f64,
        delta_tan: &f64,
    ) -> (f64, f64) {
        use ::ad_runtime::__private as __rt;
        use ::ad_runtime::__private::traits::*;
        let x_2 = x;
        let x_tan_2 = *x_tan;
        let delta_2 = delta;
        let delta_tan_2 = *delta_tan;
        __rt::head(sel, tape, [__rt::slope(x_tan_2, __A0::ON)]);
        let a = x_2.abs();
        __rt::kink::abs(sel, tape, &Self::SITES[0], [__A0::ON], [x_2]);
        let weights = __rt::weight::abs(sel, tape, [__A0::ON], [x_2]);
        let t_15 = weights[0];
        let a_tan_2 = __rt::scale(t_15, x_tan_2);
        let mut t_2: f64;
        let mut t_tan: f64;
        __rt::head(
            sel,
            tape,
            [__rt::slope(a_tan_2, __A0::ON), __rt::slope(delta_tan_2, __A1::ON)],
        );
        let t_4 = __rt::guard(
            sel,
            tape,
            &Self::SITES[1],
            __A0::ON || __A1::ON,
            a <= delta_2,
            || __rt::margin(a, delta_2),
        );
        if t_4 {
            let t_6 = 0.5 * x_2;
            let t_tan_3 = 0.5 * x_tan_2;
            let t_8 = t_6 * x_2;
            let t_16 = t_tan_3 * x_2;
            let t_17 = t_6 * x_tan_2;
            let t_tan_4 = t_16 + t_17;
            t_2 = t_8;
            t_tan = t_tan_4;
        } else {
            let t_11 = 0.5 * delta_2;
            let t_tan_6 = 0.5 * delta_tan_2;
            let t_12 = a - t_11;
            let t_18 = -t_tan_6;
            let t_19 = if __A0::ON { a_tan_2 } else { 0.0 };
            let t_20 = if __A1::ON { t_18 } else { 0.0 };
            let t_tan_7 = t_19 + t_20;
            let t_13 = delta_2 * t_12;
            let t_21 = delta_tan_2 * t_12;
            let t_22 = delta_2 * t_tan_7;
            let t_23 = if __A1::ON { t_21 } else { 0.0 };
            let t_tan_8 = t_23 + t_22;
            t_2 = t_13;
            t_tan = t_tan_8;
        }
        let t_14 = t_2;
        let t_tan_9 = t_tan;
        let __value: f64 = t_14;
        let __tangent = t_tan_9;
        (__value, __tangent)
    }
    #[doc(hidden)]
    #[inline]
    fn __lanes<
        __S: ::ad_runtime::__private::Selector,
        __A0: ::ad_runtime::__private::Activity,
        __A1: ::ad_runtime::__private::Activity,
        const __N: usize,
    >(
        tape: &mut ::ad_runtime::__private::Tape,
        sel: __S,
        _: ::ad_runtime::__private::lanes::Width<__N>,
        act: (__A0, __A1),
        x: f64,
        x_tan: &[f64; __N],
        delta: f64,
        delta_tan: &[f64; __N],
    ) -> (f64, [f64; __N]) {
        use ::ad_runtime::__private as __rt;
        use ::ad_runtime::__private::traits::*;
        let x_2 = x;
        let x_tan_2 = *x_tan;
        let delta_2 = delta;
        let delta_tan_2 = *delta_tan;
        let a = x_2.abs();
        let weights = __rt::weight::abs(sel, tape, [__A0::ON], [x_2]);
        let t_15 = weights[0];
        let a_tan_2 = __rt::lanes::scale(t_15, x_tan_2);
        let mut t_2: f64;
        let mut t_tan: [f64; __N];
        let t_4 = a <= delta_2;
        if t_4 {
            let t_6 = 0.5 * x_2;
            let t_tan_3 = __rt::lanes::mul(x_tan_2, 0.5);
            let t_8 = t_6 * x_2;
            let t_16 = __rt::lanes::mul(t_tan_3, x_2);
            let t_17 = __rt::lanes::mul(x_tan_2, t_6);
            let t_tan_4 = __rt::lanes::add(t_16, t_17);
            t_2 = t_8;
            t_tan = t_tan_4;
        } else {
            let t_11 = 0.5 * delta_2;
            let t_tan_6 = __rt::lanes::mul(delta_tan_2, 0.5);
            let t_12 = a - t_11;
            let t_18 = __rt::lanes::neg(t_tan_6);
            let t_19 = if __A0::ON { a_tan_2 } else { [0.0; __N] };
            let t_20 = if __A1::ON { t_18 } else { [0.0; __N] };
            let t_tan_7 = __rt::lanes::add(t_19, t_20);
            let t_13 = delta_2 * t_12;
            let t_21 = __rt::lanes::mul(delta_tan_2, t_12);
            let t_22 = __rt::lanes::mul(t_tan_7, delta_2);
            let t_23 = if __A1::ON { t_21 } else { [0.0; __N] };
            let t_tan_8 = __rt::lanes::add(t_23, t_22);
            t_2 = t_13;
            t_tan = t_tan_8;
        }
        let t_14 = t_2;
        let t_tan_9 = t_tan;
        let __value: f64 = t_14;
        let __tangent = t_tan_9;
        (__value, __tangent)
    }
    #[doc(hidden)]
    #[inline(always)]
    pub fn __primal(__arg_0: f64, __arg_1: f64) -> f64 {
        huber(__arg_0, __arg_1)
    }
}
#[automatically_derived]
impl ::core::clone::Clone for huber {
    fn clone(&self) -> Self {
        Self {}
    }
}
#[automatically_derived]
impl ::ad_runtime::Differentiable for huber {
    type Tangent = ();
    fn zero_like(&self) {}
}
#[automatically_derived]
impl ::ad_runtime::__private::AllFinite for huber {
    fn all_finite(&self) -> bool {
        true
    }
}
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
impl ::ad_runtime::__private::Function2<
    f64,
    ::ad_runtime::__private::Kept<f64>,
    f64,
    ::ad_runtime::__private::Kept<f64>,
    f64,
    f64,
> for huber {
    ::ad_runtime::__private::function_impl! {
        item huber, first, [__a_0 __M_0 __slot_0 __tan_0 __slot_tan_0 : f64,
        ::ad_runtime::__private::Kept < f64 >; __a_1 __M_1 __slot_1 __tan_1 __slot_tan_1
        : f64, ::ad_runtime::__private::Kept < f64 >;], f64, f64
    }
}
