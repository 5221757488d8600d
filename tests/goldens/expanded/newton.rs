/// A loop without a trip count.
pub fn newton(a: f64) -> f64 {
    let mut x = a;
    while (x * x - a).abs() > 1e-12 * a {
        x = 0.5 * (x + a / x);
    }
    x
}
/// Derivatives of [`newton`](fn@newton).
///
/// It is differentiated with respect to `a`.
/// At ties it follows `MinNorm`, or the rule of its caller.
///
/// | site | source | kind | derivative at a tie |
/// |---|---|---|---|
/// | 0 | `(x * x - a).abs()` | `Abs` | 0 |
/// | 1 | `(x * x - a).abs() > 1e-12 * a` | `Greater` | that of the executed branch |
/// | 2 | `a / x` | `Div` | what the arithmetic gives: the function is not Lipschitz there |
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
pub struct newton {}
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
impl newton {
    /// The sites of `newton`: where an active value decides. They are listed above.
    pub const SITES: &'static [::ad_runtime::Site] = {
        use ::ad_runtime::__private as __rt;
        use ::core::{column, file, line};
        &[
            __rt::site(
                0,
                __rt::SiteKind::Abs,
                "newton",
                file!(),
                line!(),
                column!(),
                "(x * x - a).abs()",
            ),
            __rt::site(
                1,
                __rt::SiteKind::Greater,
                "newton",
                file!(),
                line!(),
                column!(),
                "(x * x - a).abs() > 1e-12 * a",
            ),
            __rt::site(
                2,
                __rt::SiteKind::Div,
                "newton",
                file!(),
                line!(),
                column!(),
                "a / x",
            ),
        ]
    };
    /// The value of `newton` and its gradient, by reverse mode.
    #[inline]
    #[track_caller]
    pub fn grad(a: f64) -> (f64, f64) {
        Self::__owned(
            &mut ::ad_runtime::__private::Tape::new(),
            <::ad_runtime::__private::Select<
                ::ad_runtime::__private::MinNorm,
                ::ad_runtime::__private::Off,
            > as ::core::default::Default>::default(),
            a,
            &1.0,
        )
    }
    /// As [`grad`](Self::grad), with another rule at ties for this one call.
    #[inline]
    #[track_caller]
    pub fn grad_with<__R: ::ad_runtime::__private::Rule>(a: f64) -> (f64, f64) {
        Self::__owned(
            &mut ::ad_runtime::__private::Tape::new(),
            <::ad_runtime::__private::Select<
                __R,
                ::ad_runtime::__private::Off,
            > as ::core::default::Default>::default(),
            a,
            &1.0,
        )
    }
    /// As [`grad`](Self::grad), with the selections of the same run and its verdict.
    #[inline]
    #[track_caller]
    pub fn grad_trace(a: f64) -> (f64, f64, ::ad_runtime::Trace) {
        let mut tape = ::ad_runtime::__private::Tape::new();
        let (value, __adjoints) = Self::__owned(
            &mut tape,
            <::ad_runtime::__private::Select<
                ::ad_runtime::__private::MinNorm,
                ::ad_runtime::__private::Recording,
            > as ::core::default::Default>::default(),
            a,
            &1.0,
        );
        let __finite = ::ad_runtime::__private::all_finite(&value)
            && ::ad_runtime::__private::all_finite(&__adjoints);
        (value, __adjoints, ::ad_runtime::__private::finish_trace(&mut tape, __finite))
    }
    /// As [`grad`](Self::grad), with the number of selections and of ties of the same run.
    #[inline]
    #[track_caller]
    pub fn grad_ties(a: f64) -> (f64, f64, ::ad_runtime::Ties) {
        let mut tape = ::ad_runtime::__private::Tape::new();
        let (value, __adjoints) = Self::__owned(
            &mut tape,
            <::ad_runtime::__private::Select<
                ::ad_runtime::__private::MinNorm,
                ::ad_runtime::__private::Count,
            > as ::core::default::Default>::default(),
            a,
            &1.0,
        );
        let __finite = ::ad_runtime::__private::all_finite(&value)
            && ::ad_runtime::__private::all_finite(&__adjoints);
        (value, __adjoints, ::ad_runtime::__private::finish_ties(&mut tape, __finite))
    }
    /// The value and the cotangents of `a`, by reverse mode, for the cotangent `seed` of the result.
    #[inline]
    #[track_caller]
    pub fn vjp(a: f64, seed: f64) -> (f64, f64) {
        Self::__owned(
            &mut ::ad_runtime::__private::Tape::new(),
            <::ad_runtime::__private::Select<
                ::ad_runtime::__private::MinNorm,
                ::ad_runtime::__private::Off,
            > as ::core::default::Default>::default(),
            a,
            &seed,
        )
    }
    /// As [`vjp`](Self::vjp), with another rule at ties for this one call.
    #[inline]
    #[track_caller]
    pub fn vjp_with<__R: ::ad_runtime::__private::Rule>(
        a: f64,
        seed: f64,
    ) -> (f64, f64) {
        Self::__owned(
            &mut ::ad_runtime::__private::Tape::new(),
            <::ad_runtime::__private::Select<
                __R,
                ::ad_runtime::__private::Off,
            > as ::core::default::Default>::default(),
            a,
            &seed,
        )
    }
    /// As [`vjp`](Self::vjp), adding to the given cotangents and reusing the memory of `tape`: nothing is allocated in the steady state.
    #[inline]
    #[track_caller]
    pub fn vjp_into(
        tape: &mut ::ad_runtime::Tape,
        a: f64,
        a_adj: &mut f64,
        seed: f64,
    ) -> f64 {
        Self::__outer(
            tape,
            <::ad_runtime::__private::Select<
                ::ad_runtime::__private::MinNorm,
                ::ad_runtime::__private::Off,
            > as ::core::default::Default>::default(),
            a,
            a_adj,
            &seed,
        )
    }
    /// Forward mode: what `newton` returns, and its tangent, for tangents of its arguments.
    #[inline]
    #[track_caller]
    pub fn jvp(a: f64, a_tan: f64) -> (f64, f64) {
        Self::__tan(
            &mut ::ad_runtime::__private::Tape::new(),
            <::ad_runtime::__private::Select<
                ::ad_runtime::__private::MinNorm,
                ::ad_runtime::__private::Off,
            > as ::core::default::Default>::default(),
            (::ad_runtime::__private::Active,),
            a,
            &a_tan,
        )
    }
    /// As [`jvp`](Self::jvp), with another rule at ties for this one call.
    #[inline]
    #[track_caller]
    pub fn jvp_with<__R: ::ad_runtime::__private::Rule>(
        a: f64,
        a_tan: f64,
    ) -> (f64, f64) {
        Self::__tan(
            &mut ::ad_runtime::__private::Tape::new(),
            <::ad_runtime::__private::Select<
                __R,
                ::ad_runtime::__private::Off,
            > as ::core::default::Default>::default(),
            (::ad_runtime::__private::Active,),
            a,
            &a_tan,
        )
    }
    /// As [`jvp`](Self::jvp), with several tangents of each argument at once, the lanes innermost: `[f64; N]` for a float.
    #[inline]
    #[track_caller]
    pub fn jvp_lanes<const __N: usize>(a: f64, a_tan: [f64; __N]) -> (f64, [f64; __N]) {
        const { ::core::assert!(__N > 0, "`jvp_lanes` has at least one lane") };
        Self::__lanes(
            &mut ::ad_runtime::__private::Tape::new(),
            <::ad_runtime::__private::Select<
                ::ad_runtime::__private::MinNorm,
                ::ad_runtime::__private::Off,
            > as ::core::default::Default>::default(),
            ::ad_runtime::__private::lanes::Width::<__N>,
            (::ad_runtime::__private::Active,),
            a,
            &a_tan,
        )
    }
    /// The generators of the conservative field of `newton` at the point: the gradients of all pieces that meet there.
    #[inline]
    #[track_caller]
    pub fn field(
        a: f64,
        options: &::ad_runtime::FieldOptions,
    ) -> ::core::result::Result<::ad_runtime::Field<f64>, ::ad_runtime::FieldError> {
        Self::__point(
            &a,
            |program| ::ad_runtime::__private::field::field(program, options),
        )
    }
    /// The value of `newton` and a limiting gradient, that of the piece in a direction from the point.
    #[inline]
    #[track_caller]
    pub fn limiting(
        a: f64,
        direction: &::ad_runtime::Direction<f64>,
    ) -> ::core::result::Result<(f64, f64), ::ad_runtime::LimitingError> {
        Self::__point(
            &a,
            |program| ::ad_runtime::__private::field::limiting(program, direction),
        )
    }
    /// The strongest statement that can be made about [`grad`](Self::grad) at the point.
    #[inline]
    #[track_caller]
    pub fn certify(a: f64) -> ::ad_runtime::Certificate {
        Self::__point(&a, |program| ::ad_runtime::__private::field::certify(program))
    }
    /// The step along a direction to the next change of selection, to first order.
    #[inline]
    #[track_caller]
    pub fn step(a: f64, direction: &::ad_runtime::Direction<f64>) -> ::ad_runtime::Step {
        Self::__point(
            &a,
            |program| ::ad_runtime::__private::field::step(program, direction),
        )
    }
    /// Runs `newton` and records its selections. The verdict assumes that the sides of tied branches agree at the tie.
    #[inline]
    #[track_caller]
    pub fn trace(a: f64) -> (f64, ::ad_runtime::Trace) {
        let mut tape = ::ad_runtime::__private::Tape::new();
        tape.begin();
        let value = Self::__adj(
            &mut tape,
            <::ad_runtime::__private::Select<
                ::ad_runtime::__private::MinNorm,
                ::ad_runtime::__private::Recording,
            > as ::core::default::Default>::default(),
            ::ad_runtime::__private::Primal,
            (::ad_runtime::__private::Active,),
            a,
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
        a: f64,
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
            (::ad_runtime::__private::Active,),
            a,
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
        a: f64,
        a_adj: &mut f64,
        seed: &f64,
    ) -> f64 {
        tape.begin();
        Self::__adj(
            tape,
            __sel,
            ::ad_runtime::__private::Outer,
            (::ad_runtime::__private::Active,),
            a,
            a_adj,
            seed,
        )
    }
    #[doc(hidden)]
    #[track_caller]
    #[inline]
    fn __owned<__S: ::ad_runtime::__private::Selector>(
        tape: &mut ::ad_runtime::__private::Tape,
        __sel: __S,
        a: f64,
        seed: &f64,
    ) -> (f64, f64) {
        let mut a_adj = ::ad_runtime::__private::zero_like(&a);
        let __value = Self::__outer(tape, __sel, a, &mut a_adj, seed);
        (__value, a_adj)
    }
    #[doc(hidden)]
    fn __point<__Out>(
        a: &f64,
        then: impl ::core::ops::FnOnce(
            ::ad_runtime::__private::field::Program<'_, f64, f64>,
        ) -> __Out,
    ) -> __Out {
        let zero: f64 = ::ad_runtime::__private::zero_like(&*a);
        let mut gradient = || Self::__owned(
            &mut ::ad_runtime::__private::Tape::new(),
            <::ad_runtime::__private::Select<
                ::ad_runtime::__private::MinNorm,
                ::ad_runtime::__private::Off,
            > as ::core::default::Default>::default(),
            ::core::clone::Clone::clone(a),
            &1.0,
        );
        let mut run = |
            tape: &mut ::ad_runtime::__private::Tape,
            __tan_0: &f64,
            moved: ::core::option::Option<(&f64, f64)>|
        {
            let mut a = ::core::clone::Clone::clone(a);
            if let ::core::option::Option::Some((__by_0, t)) = moved {
                if !(::ad_runtime::__private::Differentiable::displace(
                    &mut a,
                    __by_0,
                    t,
                )) {
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
                    (::ad_runtime::__private::Active,),
                    a,
                    __tan_0,
                ),
            )
        };
        then(::ad_runtime::__private::field::Program::new(zero, &mut run, &mut gradient))
    }
    #[doc(hidden)]
    pub const __RECOMPUTE: bool = false;
    #[doc(hidden)]
    pub const __OVERWRITES: &[bool] = &[false];
    #[doc(hidden)]
    #[inline]
    pub fn __fwd(
        __tape: &mut ::ad_runtime::__private::Tape,
        __sel: impl ::ad_runtime::__private::Selector,
        __act: (impl ::ad_runtime::__private::Activity,),
        __arg_0: f64,
    ) -> f64 {
        Self::__adj(
            __tape,
            __sel,
            ::ad_runtime::__private::Forward,
            __act,
            __arg_0,
            ::ad_runtime::__private::Hold::new().slot(),
            ::ad_runtime::__private::Hold::new().shared(),
        )
    }
    #[doc(hidden)]
    #[inline]
    pub fn __run(
        __tape: &mut ::ad_runtime::__private::Tape,
        __sel: impl ::ad_runtime::__private::Selector,
        __act: (impl ::ad_runtime::__private::Activity,),
        __arg_0: f64,
    ) -> f64 {
        Self::__adj(
            __tape,
            __sel,
            ::ad_runtime::__private::Primal,
            __act,
            __arg_0,
            ::ad_runtime::__private::Hold::new().slot(),
            ::ad_runtime::__private::Hold::new().shared(),
        )
    }
    #[doc(hidden)]
    #[inline]
    pub fn __rev(
        __tape: &mut ::ad_runtime::__private::Tape,
        __sel: impl ::ad_runtime::__private::Selector,
        __act: (impl ::ad_runtime::__private::Activity,),
        __arg_0: f64,
        __slot_0: &mut f64,
        __seed: &f64,
    ) {
        Self::__adj(
            __tape,
            __sel,
            ::ad_runtime::__private::Reverse,
            __act,
            __arg_0,
            __slot_0,
            __seed,
        )
    }
    #[doc(hidden)]
    #[inline]
    pub fn __both(
        __tape: &mut ::ad_runtime::__private::Tape,
        __sel: impl ::ad_runtime::__private::Selector,
        __act: (impl ::ad_runtime::__private::Activity,),
        __arg_0: f64,
        __slot_0: &mut f64,
        __seed: &f64,
    ) -> f64 {
        Self::__adj(
            __tape,
            __sel,
            ::ad_runtime::__private::Both,
            __act,
            __arg_0,
            __slot_0,
            __seed,
        )
    }
    #[doc(hidden)]
    #[inline]
    pub fn __jvp(
        __tape: &mut ::ad_runtime::__private::Tape,
        __sel: impl ::ad_runtime::__private::Selector,
        __act: (impl ::ad_runtime::__private::Activity,),
        __arg_0: f64,
        __slot_0: &f64,
    ) -> (f64, f64) {
        Self::__tan(__tape, __sel, __act, __arg_0, __slot_0)
    }
    #[doc(hidden)]
    #[inline]
    pub fn __jvp_lanes<const __N: usize>(
        __tape: &mut ::ad_runtime::__private::Tape,
        __sel: impl ::ad_runtime::__private::Selector,
        __act: (impl ::ad_runtime::__private::Activity,),
        _: ::ad_runtime::__private::lanes::Width<__N>,
        __arg_0: f64,
        __slot_0: &[f64; __N],
    ) -> (f64, [f64; __N]) {
        Self::__lanes(
            __tape,
            __sel,
            ::ad_runtime::__private::lanes::Width::<__N>,
            __act,
            __arg_0,
            __slot_0,
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
    #[inline]
    fn __adj<
        __S: ::ad_runtime::__private::Selector,
        __P: ::ad_runtime::__private::Phase,
        __A0: ::ad_runtime::__private::Activity,
    >(
        tape: &mut ::ad_runtime::__private::Tape,
        sel: __S,
        __phase: __P,
        act: (__A0,),
        a: f64,
        a_adj: &mut f64,
        seed: &f64,
    ) -> <__P as ::ad_runtime::__private::Phase>::Out<f64> {
        use ::ad_runtime::__private as __rt;
        use ::ad_runtime::__private::traits::*;
        let __type_of_x_2 = __rt::witness();
        let __type_of_t_10 = __rt::witness();
        let __type_of_t_14 = __rt::witness();
        let (__value, (trips,)) = if __P::FWD {
            let a_2 = a;
            let mut x = a_2;
            let mut trips = 0_usize;
            loop {
                let x_2 = x;
                let t_2 = x_2 * x_2;
                let t_4 = t_2 - a_2;
                let t_5 = t_4.abs();
                __rt::kink::abs(sel, tape, &Self::SITES[0], [__A0::ON], [t_4]);
                let t_7 = 1e-12 * a_2;
                let t_8 = __rt::guard(
                    sel,
                    tape,
                    &Self::SITES[1],
                    __A0::ON,
                    t_5 > t_7,
                    || __rt::margin(t_5, t_7),
                );
                if t_8 {
                    __rt::kink::div(
                        sel,
                        tape,
                        &Self::SITES[2],
                        [__A0::ON, __A0::ON],
                        [a_2, x_2],
                    );
                    let t_12 = a_2 / x_2;
                    let t_13 = x_2 + t_12;
                    let t_14 = 0.5 * t_13;
                    x = t_14;
                    if __P::TAPE {
                        __type_of_t_14.push(t_12, tape);
                    }
                }
                if __P::TAPE {
                    __type_of_x_2.push(x_2, tape);
                    __type_of_t_10.push(t_8, tape);
                }
                trips += 1;
                if !t_8 {
                    break;
                }
            }
            let x_3 = x;
            let __value: f64 = x_3;
            if !__P::REV {
                if __P::TAPE {
                    __rt::Record::push((trips,), tape);
                }
                return __P::out(::core::option::Option::Some(__value));
            }
            (::core::option::Option::Some(__value), (trips,))
        } else {
            (::core::option::Option::None, __rt::Record::pop(tape))
        };
        let x_adj_2 = *seed;
        let mut x_adj_3 = x_adj_2;
        let mut a_adj_2: f64 = 0.0;
        for trip in (0..trips).rev() {
            let t_8 = __type_of_t_10.pop(tape);
            let x_2 = __type_of_x_2.pop(tape);
            let mut x_adj_4: f64 = 0.0;
            if t_8 {
                let t_12 = __type_of_t_14.pop(tape);
                let t_adj = ::core::mem::take(&mut x_adj_3);
                let t_adj_3 = 0.5 * t_adj;
                x_adj_4 += t_adj_3;
                let t_19 = t_adj_3 / x_2;
                a_adj_2 += t_19;
                let t_20 = t_12 / x_2;
                let t_21 = t_20 * t_adj_3;
                x_adj_4 -= t_21;
            }
            let t_22 = x_adj_4;
            x_adj_3 += t_22;
        }
        let t_23 = x_adj_3;
        a_adj_2 += t_23;
        let t_24 = a_adj_2;
        *a_adj += t_24;
        __P::out(__value)
    }
    #[doc(hidden)]
    #[inline]
    fn __tan<
        __S: ::ad_runtime::__private::Selector,
        __A0: ::ad_runtime::__private::Activity,
    >(
        tape: &mut ::ad_runtime::__private::Tape,
        sel: __S,
        act: (__A0,),
        a: f64,
        a_tan: &f64,
    ) -> (f64, f64) {
        use ::ad_runtime::__private as __rt;
        use ::ad_runtime::__private::traits::*;
        let a_2 = a;
        let a_tan_2 = *a_tan;
        let mut x = a_2;
        let mut x_tan = a_tan_2;
        loop {
            let x_2 = x;
            let x_tan_2 = x_tan;
            let t_2 = x_2 * x_2;
            let t_15 = x_tan_2 * x_2;
            let t_16 = x_2 * x_tan_2;
            let t_tan = t_15 + t_16;
            let t_4 = t_2 - a_2;
            let t_17 = -a_tan_2;
            let t_tan_2 = t_tan + t_17;
            __rt::head(sel, tape, [__rt::slope(t_tan_2, __A0::ON)]);
            let t_5 = t_4.abs();
            __rt::kink::abs(sel, tape, &Self::SITES[0], [__A0::ON], [t_4]);
            let weights = __rt::weight::abs(sel, tape, [__A0::ON], [t_4]);
            let t_18 = weights[0];
            let t_tan_4 = __rt::scale(t_18, t_tan_2);
            let t_7 = 1e-12 * a_2;
            let t_tan_6 = 1e-12 * a_tan_2;
            __rt::head(
                sel,
                tape,
                [__rt::slope(t_tan_4, __A0::ON), __rt::slope(t_tan_6, __A0::ON)],
            );
            let t_8 = __rt::guard(
                sel,
                tape,
                &Self::SITES[1],
                __A0::ON,
                t_5 > t_7,
                || __rt::margin(t_5, t_7),
            );
            if t_8 {
                __rt::kink::div(
                    sel,
                    tape,
                    &Self::SITES[2],
                    [__A0::ON, __A0::ON],
                    [a_2, x_2],
                );
                let t_12 = a_2 / x_2;
                let t_19 = a_tan_2 / x_2;
                let t_20 = t_12 / x_2;
                let t_21 = t_20 * x_tan_2;
                let t_22 = -t_21;
                let t_tan_7 = t_19 + t_22;
                let t_13 = x_2 + t_12;
                let t_tan_8 = x_tan_2 + t_tan_7;
                let t_14 = 0.5 * t_13;
                let t_tan_10 = 0.5 * t_tan_8;
                x = t_14;
                x_tan = t_tan_10;
            }
            if !t_8 {
                break;
            }
        }
        let x_3 = x;
        let x_tan_3 = x_tan;
        let __value: f64 = x_3;
        let __tangent = x_tan_3;
        (__value, __tangent)
    }
    #[doc(hidden)]
    #[inline]
    fn __lanes<
        __S: ::ad_runtime::__private::Selector,
        __A0: ::ad_runtime::__private::Activity,
        const __N: usize,
    >(
        tape: &mut ::ad_runtime::__private::Tape,
        sel: __S,
        _: ::ad_runtime::__private::lanes::Width<__N>,
        act: (__A0,),
        a: f64,
        a_tan: &[f64; __N],
    ) -> (f64, [f64; __N]) {
        use ::ad_runtime::__private as __rt;
        use ::ad_runtime::__private::traits::*;
        let a_2 = a;
        let a_tan_2 = *a_tan;
        let mut x = a_2;
        let mut x_tan = a_tan_2;
        loop {
            let x_2 = x;
            let x_tan_2 = x_tan;
            let t_2 = x_2 * x_2;
            let t_15 = __rt::lanes::mul(x_tan_2, x_2);
            let t_16 = __rt::lanes::mul(x_tan_2, x_2);
            let t_tan = __rt::lanes::add(t_15, t_16);
            let t_4 = t_2 - a_2;
            let t_17 = __rt::lanes::neg(a_tan_2);
            let t_tan_2 = __rt::lanes::add(t_tan, t_17);
            let t_5 = t_4.abs();
            let weights = __rt::weight::abs(sel, tape, [__A0::ON], [t_4]);
            let t_18 = weights[0];
            let t_tan_4 = __rt::lanes::scale(t_18, t_tan_2);
            let t_7 = 1e-12 * a_2;
            let t_tan_6 = __rt::lanes::mul(a_tan_2, 1e-12);
            let t_8 = t_5 > t_7;
            if t_8 {
                let t_12 = a_2 / x_2;
                let t_19 = __rt::lanes::div(a_tan_2, x_2);
                let t_20 = t_12 / x_2;
                let t_21 = __rt::lanes::mul(x_tan_2, t_20);
                let t_22 = __rt::lanes::neg(t_21);
                let t_tan_7 = __rt::lanes::add(t_19, t_22);
                let t_13 = x_2 + t_12;
                let t_tan_8 = __rt::lanes::add(x_tan_2, t_tan_7);
                let t_14 = 0.5 * t_13;
                let t_tan_10 = __rt::lanes::mul(t_tan_8, 0.5);
                x = t_14;
                x_tan = t_tan_10;
            }
            if !t_8 {
                break;
            }
        }
        let x_3 = x;
        let x_tan_3 = x_tan;
        let __value: f64 = x_3;
        let __tangent = x_tan_3;
        (__value, __tangent)
    }
    #[doc(hidden)]
    #[inline(always)]
    pub fn __primal(__arg_0: f64) -> f64 {
        newton(__arg_0)
    }
}
#[automatically_derived]
impl ::core::clone::Clone for newton {
    fn clone(&self) -> Self {
        Self {}
    }
}
#[automatically_derived]
impl ::ad_runtime::Differentiable for newton {
    type Tangent = ();
    fn zero_like(&self) {}
}
#[automatically_derived]
impl ::ad_runtime::__private::AllFinite for newton {
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
impl ::ad_runtime::__private::Function1<
    f64,
    ::ad_runtime::__private::Kept<f64>,
    f64,
    f64,
> for newton {
    ::ad_runtime::__private::function_impl! {
        item newton, first, [__a_0 __M_0 __slot_0 __tan_0 __slot_tan_0 : f64,
        ::ad_runtime::__private::Kept < f64 >;], f64, f64
    }
}
