/// Short enough to be run again in the reverse sweep.
pub fn square(x: f64) -> f64 {
    x * x
}
/// Derivatives of [`square`](fn@square).
///
/// It is differentiated with respect to `x`.
/// At ties it follows `MinNorm`, or the rule of its caller.
/// No active value decides anything in it: there are no sites.
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
pub struct square {}
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
impl square {
    /// The sites of `square`: where an active value decides. They are listed above.
    pub const SITES: &'static [::ad_runtime::Site] = &[];
    /// The value of `square` and its gradient, by reverse mode.
    #[inline]
    #[track_caller]
    pub fn grad(x: f64) -> (f64, f64) {
        Self::__owned(
            &mut ::ad_runtime::__private::Tape::new(),
            <::ad_runtime::__private::Select<
                ::ad_runtime::__private::MinNorm,
                ::ad_runtime::__private::Off,
            > as ::core::default::Default>::default(),
            x,
            &1.0,
        )
    }
    /// As [`grad`](Self::grad), with another rule at ties for this one call.
    #[inline]
    #[track_caller]
    pub fn grad_with<__R: ::ad_runtime::__private::Rule>(x: f64) -> (f64, f64) {
        Self::__owned(
            &mut ::ad_runtime::__private::Tape::new(),
            <::ad_runtime::__private::Select<
                __R,
                ::ad_runtime::__private::Off,
            > as ::core::default::Default>::default(),
            x,
            &1.0,
        )
    }
    /// As [`grad`](Self::grad), with the selections of the same run and its verdict.
    #[inline]
    #[track_caller]
    pub fn grad_trace(x: f64) -> (f64, f64, ::ad_runtime::Trace) {
        let mut tape = ::ad_runtime::__private::Tape::new();
        let (value, __adjoints) = Self::__owned(
            &mut tape,
            <::ad_runtime::__private::Select<
                ::ad_runtime::__private::MinNorm,
                ::ad_runtime::__private::Recording,
            > as ::core::default::Default>::default(),
            x,
            &1.0,
        );
        let __finite = ::ad_runtime::__private::all_finite(&value)
            && ::ad_runtime::__private::all_finite(&__adjoints);
        (value, __adjoints, ::ad_runtime::__private::finish_trace(&mut tape, __finite))
    }
    /// As [`grad`](Self::grad), with the number of selections and of ties of the same run.
    #[inline]
    #[track_caller]
    pub fn grad_ties(x: f64) -> (f64, f64, ::ad_runtime::Ties) {
        let mut tape = ::ad_runtime::__private::Tape::new();
        let (value, __adjoints) = Self::__owned(
            &mut tape,
            <::ad_runtime::__private::Select<
                ::ad_runtime::__private::MinNorm,
                ::ad_runtime::__private::Count,
            > as ::core::default::Default>::default(),
            x,
            &1.0,
        );
        let __finite = ::ad_runtime::__private::all_finite(&value)
            && ::ad_runtime::__private::all_finite(&__adjoints);
        (value, __adjoints, ::ad_runtime::__private::finish_ties(&mut tape, __finite))
    }
    /// The value and the cotangents of `x`, by reverse mode, for the cotangent `seed` of the result.
    #[inline]
    #[track_caller]
    pub fn vjp(x: f64, seed: f64) -> (f64, f64) {
        Self::__owned(
            &mut ::ad_runtime::__private::Tape::new(),
            <::ad_runtime::__private::Select<
                ::ad_runtime::__private::MinNorm,
                ::ad_runtime::__private::Off,
            > as ::core::default::Default>::default(),
            x,
            &seed,
        )
    }
    /// As [`vjp`](Self::vjp), with another rule at ties for this one call.
    #[inline]
    #[track_caller]
    pub fn vjp_with<__R: ::ad_runtime::__private::Rule>(
        x: f64,
        seed: f64,
    ) -> (f64, f64) {
        Self::__owned(
            &mut ::ad_runtime::__private::Tape::new(),
            <::ad_runtime::__private::Select<
                __R,
                ::ad_runtime::__private::Off,
            > as ::core::default::Default>::default(),
            x,
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
            &seed,
        )
    }
    /// Forward mode: what `square` returns, and its tangent, for tangents of its arguments.
    #[inline]
    #[track_caller]
    pub fn jvp(x: f64, x_tan: f64) -> (f64, f64) {
        Self::__tan(
            &mut ::ad_runtime::__private::Tape::new(),
            <::ad_runtime::__private::Select<
                ::ad_runtime::__private::MinNorm,
                ::ad_runtime::__private::Off,
            > as ::core::default::Default>::default(),
            (::ad_runtime::__private::Active,),
            x,
            &x_tan,
        )
    }
    /// As [`jvp`](Self::jvp), with another rule at ties for this one call.
    #[inline]
    #[track_caller]
    pub fn jvp_with<__R: ::ad_runtime::__private::Rule>(
        x: f64,
        x_tan: f64,
    ) -> (f64, f64) {
        Self::__tan(
            &mut ::ad_runtime::__private::Tape::new(),
            <::ad_runtime::__private::Select<
                __R,
                ::ad_runtime::__private::Off,
            > as ::core::default::Default>::default(),
            (::ad_runtime::__private::Active,),
            x,
            &x_tan,
        )
    }
    /// As [`jvp`](Self::jvp), with several tangents of each argument at once, the lanes innermost: `[f64; N]` for a float.
    #[inline]
    #[track_caller]
    pub fn jvp_lanes<const __N: usize>(x: f64, x_tan: [f64; __N]) -> (f64, [f64; __N]) {
        const { ::core::assert!(__N > 0, "`jvp_lanes` has at least one lane") };
        Self::__lanes(
            &mut ::ad_runtime::__private::Tape::new(),
            <::ad_runtime::__private::Select<
                ::ad_runtime::__private::MinNorm,
                ::ad_runtime::__private::Off,
            > as ::core::default::Default>::default(),
            ::ad_runtime::__private::lanes::Width::<__N>,
            (::ad_runtime::__private::Active,),
            x,
            &x_tan,
        )
    }
    /// The generators of the conservative field of `square` at the point: the gradients of all pieces that meet there.
    #[inline]
    #[track_caller]
    pub fn field(
        x: f64,
        options: &::ad_runtime::FieldOptions,
    ) -> ::core::result::Result<::ad_runtime::Field<f64>, ::ad_runtime::FieldError> {
        Self::__point(
            &x,
            |program| ::ad_runtime::__private::field::field(program, options),
        )
    }
    /// The value of `square` and a limiting gradient, that of the piece in a direction from the point.
    #[inline]
    #[track_caller]
    pub fn limiting(
        x: f64,
        direction: &::ad_runtime::Direction<f64>,
    ) -> ::core::result::Result<(f64, f64), ::ad_runtime::LimitingError> {
        Self::__point(
            &x,
            |program| ::ad_runtime::__private::field::limiting(program, direction),
        )
    }
    /// The strongest statement that can be made about [`grad`](Self::grad) at the point.
    #[inline]
    #[track_caller]
    pub fn certify(x: f64) -> ::ad_runtime::Certificate {
        Self::__point(&x, |program| ::ad_runtime::__private::field::certify(program))
    }
    /// The step along a direction to the next change of selection, to first order.
    #[inline]
    #[track_caller]
    pub fn step(x: f64, direction: &::ad_runtime::Direction<f64>) -> ::ad_runtime::Step {
        Self::__point(
            &x,
            |program| ::ad_runtime::__private::field::step(program, direction),
        )
    }
    /// Runs `square` and records its selections. The verdict assumes that the sides of tied branches agree at the tie.
    #[inline]
    #[track_caller]
    pub fn trace(x: f64) -> (f64, ::ad_runtime::Trace) {
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
            x,
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
            x,
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
        seed: &f64,
    ) -> f64 {
        tape.begin();
        Self::__adj(
            tape,
            __sel,
            ::ad_runtime::__private::Outer,
            (::ad_runtime::__private::Active,),
            x,
            x_adj,
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
        seed: &f64,
    ) -> (f64, f64) {
        let mut x_adj = ::ad_runtime::__private::zero_like(&x);
        let __value = Self::__outer(tape, __sel, x, &mut x_adj, seed);
        (__value, x_adj)
    }
    #[doc(hidden)]
    fn __point<__Out>(
        x: &f64,
        then: impl ::core::ops::FnOnce(
            ::ad_runtime::__private::field::Program<'_, f64, f64>,
        ) -> __Out,
    ) -> __Out {
        let zero: f64 = ::ad_runtime::__private::zero_like(&*x);
        let mut gradient = || Self::__owned(
            &mut ::ad_runtime::__private::Tape::new(),
            <::ad_runtime::__private::Select<
                ::ad_runtime::__private::MinNorm,
                ::ad_runtime::__private::Off,
            > as ::core::default::Default>::default(),
            ::core::clone::Clone::clone(x),
            &1.0,
        );
        let mut run = |
            tape: &mut ::ad_runtime::__private::Tape,
            __tan_0: &f64,
            moved: ::core::option::Option<(&f64, f64)>|
        {
            let mut x = ::core::clone::Clone::clone(x);
            if let ::core::option::Option::Some((__by_0, t)) = moved {
                if !(::ad_runtime::__private::Differentiable::displace(
                    &mut x,
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
                    x,
                    __tan_0,
                ),
            )
        };
        then(::ad_runtime::__private::field::Program::new(zero, &mut run, &mut gradient))
    }
    #[doc(hidden)]
    pub const __RECOMPUTE: bool = true;
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
        x: f64,
        x_adj: &mut f64,
        seed: &f64,
    ) -> <__P as ::ad_runtime::__private::Phase>::Out<f64> {
        use ::ad_runtime::__private as __rt;
        use ::ad_runtime::__private::traits::*;
        let (__value, ()) = if __P::FWD {
            let x_2 = x;
            let t_3 = x_2 * x_2;
            let __value: f64 = t_3;
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
        let t_adj_2 = *seed;
        let x_2 = x;
        let t_5 = t_adj_2 * x_2;
        let mut x_adj_2 = t_5;
        let t_6 = x_2 * t_adj_2;
        x_adj_2 += t_6;
        let t_7 = x_adj_2;
        *x_adj += t_7;
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
        x: f64,
        x_tan: &f64,
    ) -> (f64, f64) {
        use ::ad_runtime::__private as __rt;
        use ::ad_runtime::__private::traits::*;
        let x_2 = x;
        let x_tan_2 = *x_tan;
        let t_3 = x_2 * x_2;
        let t_4 = x_tan_2 * x_2;
        let t_5 = x_2 * x_tan_2;
        let t_tan = t_4 + t_5;
        let __value: f64 = t_3;
        let __tangent = t_tan;
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
        x: f64,
        x_tan: &[f64; __N],
    ) -> (f64, [f64; __N]) {
        use ::ad_runtime::__private as __rt;
        use ::ad_runtime::__private::traits::*;
        let x_2 = x;
        let x_tan_2 = *x_tan;
        let t_3 = x_2 * x_2;
        let t_4 = __rt::lanes::mul(x_tan_2, x_2);
        let t_5 = __rt::lanes::mul(x_tan_2, x_2);
        let t_tan = __rt::lanes::add(t_4, t_5);
        let __value: f64 = t_3;
        let __tangent = t_tan;
        (__value, __tangent)
    }
    #[doc(hidden)]
    #[inline(always)]
    pub fn __primal(__arg_0: f64) -> f64 {
        square(__arg_0)
    }
}
#[automatically_derived]
impl ::core::clone::Clone for square {
    fn clone(&self) -> Self {
        Self {}
    }
}
#[automatically_derived]
impl ::ad_runtime::Differentiable for square {
    type Tangent = ();
    fn zero_like(&self) {}
}
#[automatically_derived]
impl ::ad_runtime::__private::AllFinite for square {
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
> for square {
    ::ad_runtime::__private::function_impl! {
        item square, first, [__a_0 __M_0 __slot_0 __tan_0 __slot_tan_0 : f64,
        ::ad_runtime::__private::Kept < f64 >;], f64, f64
    }
}
/// A callee in a loop.
pub fn distance(p: &[f64], q: &[f64]) -> f64 {
    let mut sum = 0.0;
    for i in 0..p.len() {
        sum += square(p[i] - q[i]);
    }
    sum.sqrt()
}
/// Derivatives of [`distance`](fn@distance).
///
/// It is differentiated with respect to `p` and `q`.
/// At ties it follows `MinNorm`, or the rule of its caller.
///
/// | site | source | kind | derivative at a tie |
/// |---|---|---|---|
/// | 0 | `sum.sqrt()` | `Sqrt` | what the arithmetic gives: the function is not Lipschitz there |
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
pub struct distance {}
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
impl distance {
    /// The sites of `distance`: where an active value decides. They are listed above.
    pub const SITES: &'static [::ad_runtime::Site] = {
        use ::ad_runtime::__private as __rt;
        use ::core::{column, file, line};
        &[
            __rt::site(
                0,
                __rt::SiteKind::Sqrt,
                "distance",
                file!(),
                line!(),
                column!(),
                "sum.sqrt()",
            ),
        ]
    };
    /// The value of `distance` and its gradient, by reverse mode.
    #[inline]
    #[track_caller]
    pub fn grad(
        p: &[f64],
        q: &[f64],
    ) -> (f64, (::std::vec::Vec<f64>, ::std::vec::Vec<f64>)) {
        Self::__owned(
            &mut ::ad_runtime::__private::Tape::new(),
            <::ad_runtime::__private::Select<
                ::ad_runtime::__private::MinNorm,
                ::ad_runtime::__private::Off,
            > as ::core::default::Default>::default(),
            p,
            q,
            &1.0,
        )
    }
    /// As [`grad`](Self::grad), with another rule at ties for this one call.
    #[inline]
    #[track_caller]
    pub fn grad_with<__R: ::ad_runtime::__private::Rule>(
        p: &[f64],
        q: &[f64],
    ) -> (f64, (::std::vec::Vec<f64>, ::std::vec::Vec<f64>)) {
        Self::__owned(
            &mut ::ad_runtime::__private::Tape::new(),
            <::ad_runtime::__private::Select<
                __R,
                ::ad_runtime::__private::Off,
            > as ::core::default::Default>::default(),
            p,
            q,
            &1.0,
        )
    }
    /// As [`grad`](Self::grad), with the selections of the same run and its verdict.
    #[inline]
    #[track_caller]
    pub fn grad_trace(
        p: &[f64],
        q: &[f64],
    ) -> (f64, (::std::vec::Vec<f64>, ::std::vec::Vec<f64>), ::ad_runtime::Trace) {
        let mut tape = ::ad_runtime::__private::Tape::new();
        let (value, __adjoints) = Self::__owned(
            &mut tape,
            <::ad_runtime::__private::Select<
                ::ad_runtime::__private::MinNorm,
                ::ad_runtime::__private::Recording,
            > as ::core::default::Default>::default(),
            p,
            q,
            &1.0,
        );
        let __finite = ::ad_runtime::__private::all_finite(&value)
            && ::ad_runtime::__private::all_finite(&__adjoints);
        (value, __adjoints, ::ad_runtime::__private::finish_trace(&mut tape, __finite))
    }
    /// As [`grad`](Self::grad), with the number of selections and of ties of the same run.
    #[inline]
    #[track_caller]
    pub fn grad_ties(
        p: &[f64],
        q: &[f64],
    ) -> (f64, (::std::vec::Vec<f64>, ::std::vec::Vec<f64>), ::ad_runtime::Ties) {
        let mut tape = ::ad_runtime::__private::Tape::new();
        let (value, __adjoints) = Self::__owned(
            &mut tape,
            <::ad_runtime::__private::Select<
                ::ad_runtime::__private::MinNorm,
                ::ad_runtime::__private::Count,
            > as ::core::default::Default>::default(),
            p,
            q,
            &1.0,
        );
        let __finite = ::ad_runtime::__private::all_finite(&value)
            && ::ad_runtime::__private::all_finite(&__adjoints);
        (value, __adjoints, ::ad_runtime::__private::finish_ties(&mut tape, __finite))
    }
    /// The value and the cotangents of `p` and `q`, by reverse mode, for the cotangent `seed` of the result.
    #[inline]
    #[track_caller]
    pub fn vjp(
        p: &[f64],
        q: &[f64],
        seed: f64,
    ) -> (f64, (::std::vec::Vec<f64>, ::std::vec::Vec<f64>)) {
        Self::__owned(
            &mut ::ad_runtime::__private::Tape::new(),
            <::ad_runtime::__private::Select<
                ::ad_runtime::__private::MinNorm,
                ::ad_runtime::__private::Off,
            > as ::core::default::Default>::default(),
            p,
            q,
            &seed,
        )
    }
    /// As [`vjp`](Self::vjp), with another rule at ties for this one call.
    #[inline]
    #[track_caller]
    pub fn vjp_with<__R: ::ad_runtime::__private::Rule>(
        p: &[f64],
        q: &[f64],
        seed: f64,
    ) -> (f64, (::std::vec::Vec<f64>, ::std::vec::Vec<f64>)) {
        Self::__owned(
            &mut ::ad_runtime::__private::Tape::new(),
            <::ad_runtime::__private::Select<
                __R,
                ::ad_runtime::__private::Off,
            > as ::core::default::Default>::default(),
            p,
            q,
            &seed,
        )
    }
    /// As [`vjp`](Self::vjp), adding to the given cotangents and reusing the memory of `tape`: nothing is allocated in the steady state.
    ///
    /// # Panics
    ///
    /// Panics where `distance` does, and before anything runs if the length of a cotangent or tangent is not that of its argument.
    #[inline]
    #[track_caller]
    pub fn vjp_into(
        tape: &mut ::ad_runtime::Tape,
        p: &[f64],
        p_adj: &mut [f64],
        q: &[f64],
        q_adj: &mut [f64],
        seed: f64,
    ) -> f64 {
        Self::__outer(
            tape,
            <::ad_runtime::__private::Select<
                ::ad_runtime::__private::MinNorm,
                ::ad_runtime::__private::Off,
            > as ::core::default::Default>::default(),
            p,
            p_adj,
            q,
            q_adj,
            &seed,
        )
    }
    /// Forward mode: what `distance` returns, and its tangent, for tangents of its arguments.
    ///
    /// # Panics
    ///
    /// Panics where `distance` does, and before anything runs if the length of a cotangent or tangent is not that of its argument.
    #[inline]
    #[track_caller]
    pub fn jvp(p: &[f64], p_tan: &[f64], q: &[f64], q_tan: &[f64]) -> (f64, f64) {
        ::ad_runtime::__private::check_len("p_tan", p_tan.len(), "p", p.len());
        ::ad_runtime::__private::check_len("q_tan", q_tan.len(), "q", q.len());
        Self::__tan(
            &mut ::ad_runtime::__private::Tape::new(),
            <::ad_runtime::__private::Select<
                ::ad_runtime::__private::MinNorm,
                ::ad_runtime::__private::Off,
            > as ::core::default::Default>::default(),
            (::ad_runtime::__private::Active, ::ad_runtime::__private::Active),
            p,
            p_tan,
            q,
            q_tan,
        )
    }
    /// As [`jvp`](Self::jvp), with another rule at ties for this one call.
    ///
    /// # Panics
    ///
    /// Panics where `distance` does, and before anything runs if the length of a cotangent or tangent is not that of its argument.
    #[inline]
    #[track_caller]
    pub fn jvp_with<__R: ::ad_runtime::__private::Rule>(
        p: &[f64],
        p_tan: &[f64],
        q: &[f64],
        q_tan: &[f64],
    ) -> (f64, f64) {
        ::ad_runtime::__private::check_len("p_tan", p_tan.len(), "p", p.len());
        ::ad_runtime::__private::check_len("q_tan", q_tan.len(), "q", q.len());
        Self::__tan(
            &mut ::ad_runtime::__private::Tape::new(),
            <::ad_runtime::__private::Select<
                __R,
                ::ad_runtime::__private::Off,
            > as ::core::default::Default>::default(),
            (::ad_runtime::__private::Active, ::ad_runtime::__private::Active),
            p,
            p_tan,
            q,
            q_tan,
        )
    }
    /// As [`jvp`](Self::jvp), with several tangents of each argument at once, the lanes innermost: `[f64; N]` for a float.
    ///
    /// # Panics
    ///
    /// Panics where `distance` does, and before anything runs if the length of a cotangent or tangent is not that of its argument.
    #[inline]
    #[track_caller]
    pub fn jvp_lanes<const __N: usize>(
        p: &[f64],
        p_tan: &[[f64; __N]],
        q: &[f64],
        q_tan: &[[f64; __N]],
    ) -> (f64, [f64; __N]) {
        const { ::core::assert!(__N > 0, "`jvp_lanes` has at least one lane") };
        ::ad_runtime::__private::check_len("p_tan", p_tan.len(), "p", p.len());
        ::ad_runtime::__private::check_len("q_tan", q_tan.len(), "q", q.len());
        Self::__lanes(
            &mut ::ad_runtime::__private::Tape::new(),
            <::ad_runtime::__private::Select<
                ::ad_runtime::__private::MinNorm,
                ::ad_runtime::__private::Off,
            > as ::core::default::Default>::default(),
            ::ad_runtime::__private::lanes::Width::<__N>,
            (::ad_runtime::__private::Active, ::ad_runtime::__private::Active),
            p,
            p_tan,
            q,
            q_tan,
        )
    }
    /// The generators of the conservative field of `distance` at the point: the gradients of all pieces that meet there.
    #[inline]
    #[track_caller]
    pub fn field(
        p: &[f64],
        q: &[f64],
        options: &::ad_runtime::FieldOptions,
    ) -> ::core::result::Result<
        ::ad_runtime::Field<(::std::vec::Vec<f64>, ::std::vec::Vec<f64>)>,
        ::ad_runtime::FieldError,
    > {
        Self::__point(
            p,
            q,
            |program| ::ad_runtime::__private::field::field(program, options),
        )
    }
    /// The value of `distance` and a limiting gradient, that of the piece in a direction from the point.
    #[inline]
    #[track_caller]
    pub fn limiting(
        p: &[f64],
        q: &[f64],
        direction: &::ad_runtime::Direction<(::std::vec::Vec<f64>, ::std::vec::Vec<f64>)>,
    ) -> ::core::result::Result<
        (f64, (::std::vec::Vec<f64>, ::std::vec::Vec<f64>)),
        ::ad_runtime::LimitingError,
    > {
        Self::__point(
            p,
            q,
            |program| ::ad_runtime::__private::field::limiting(program, direction),
        )
    }
    /// The strongest statement that can be made about [`grad`](Self::grad) at the point.
    #[inline]
    #[track_caller]
    pub fn certify(p: &[f64], q: &[f64]) -> ::ad_runtime::Certificate {
        Self::__point(p, q, |program| ::ad_runtime::__private::field::certify(program))
    }
    /// The step along a direction to the next change of selection, to first order.
    #[inline]
    #[track_caller]
    pub fn step(
        p: &[f64],
        q: &[f64],
        direction: &::ad_runtime::Direction<(::std::vec::Vec<f64>, ::std::vec::Vec<f64>)>,
    ) -> ::ad_runtime::Step {
        Self::__point(
            p,
            q,
            |program| ::ad_runtime::__private::field::step(program, direction),
        )
    }
    /// Runs `distance` and records its selections. The verdict assumes that the sides of tied branches agree at the tie.
    #[inline]
    #[track_caller]
    pub fn trace(p: &[f64], q: &[f64]) -> (f64, ::ad_runtime::Trace) {
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
            p,
            ::ad_runtime::__private::Hold::new().slot(),
            q,
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
        p: &[f64],
        q: &[f64],
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
            p,
            ::ad_runtime::__private::Hold::new().slot(),
            q,
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
        p: &[f64],
        p_adj: &mut [f64],
        q: &[f64],
        q_adj: &mut [f64],
        seed: &f64,
    ) -> f64 {
        ::ad_runtime::__private::check_len("p_adj", p_adj.len(), "p", p.len());
        ::ad_runtime::__private::check_len("q_adj", q_adj.len(), "q", q.len());
        tape.begin();
        Self::__adj(
            tape,
            __sel,
            ::ad_runtime::__private::Outer,
            (::ad_runtime::__private::Active, ::ad_runtime::__private::Active),
            p,
            p_adj,
            q,
            q_adj,
            seed,
        )
    }
    #[doc(hidden)]
    #[track_caller]
    #[inline]
    fn __owned<__S: ::ad_runtime::__private::Selector>(
        tape: &mut ::ad_runtime::__private::Tape,
        __sel: __S,
        p: &[f64],
        q: &[f64],
        seed: &f64,
    ) -> (f64, (::std::vec::Vec<f64>, ::std::vec::Vec<f64>)) {
        let mut p_adj = ::ad_runtime::__private::zero_like(p);
        let mut q_adj = ::ad_runtime::__private::zero_like(q);
        let __value = Self::__outer(tape, __sel, p, &mut p_adj, q, &mut q_adj, seed);
        (__value, (p_adj, q_adj))
    }
    #[doc(hidden)]
    fn __point<__Out>(
        p: &[f64],
        q: &[f64],
        then: impl ::core::ops::FnOnce(
            ::ad_runtime::__private::field::Program<
                '_,
                (::std::vec::Vec<f64>, ::std::vec::Vec<f64>),
                f64,
            >,
        ) -> __Out,
    ) -> __Out {
        let zero: (::std::vec::Vec<f64>, ::std::vec::Vec<f64>) = (
            ::ad_runtime::__private::zero_like(&*p),
            ::ad_runtime::__private::zero_like(&*q),
        );
        let mut gradient = || Self::__owned(
            &mut ::ad_runtime::__private::Tape::new(),
            <::ad_runtime::__private::Select<
                ::ad_runtime::__private::MinNorm,
                ::ad_runtime::__private::Off,
            > as ::core::default::Default>::default(),
            p,
            q,
            &1.0,
        );
        let mut run = |
            tape: &mut ::ad_runtime::__private::Tape,
            (__tan_0, __tan_1): &(::std::vec::Vec<f64>, ::std::vec::Vec<f64>),
            moved: ::core::option::Option<
                (&(::std::vec::Vec<f64>, ::std::vec::Vec<f64>), f64),
            >|
        {
            let mut p = ::std::borrow::ToOwned::to_owned(p);
            let mut q = ::std::borrow::ToOwned::to_owned(q);
            if let ::core::option::Option::Some(((__by_0, __by_1), t)) = moved {
                if !(::ad_runtime::__private::Differentiable::displace(&mut p, __by_0, t)
                    && ::ad_runtime::__private::Differentiable::displace(
                        &mut q,
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
                    &p,
                    __tan_0,
                    &q,
                    __tan_1,
                ),
            )
        };
        then(::ad_runtime::__private::field::Program::new(zero, &mut run, &mut gradient))
    }
    #[doc(hidden)]
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
    const __CHECKED: usize = {
        let _ = |p: &[f64], q: &[f64]| -> f64 {
            let mut sum = 0.0;
            for i in 0..p.len() {
                sum += square(p[i] - q[i]);
            }
            sum.sqrt()
        };
        0
    };
    #[doc(hidden)]
    pub const __RECOMPUTE: bool = false;
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
        __arg_0: &[f64],
        __arg_1: &[f64],
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
        __arg_0: &[f64],
        __arg_1: &[f64],
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
        __arg_0: &[f64],
        __slot_0: &mut [f64],
        __arg_1: &[f64],
        __slot_1: &mut [f64],
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
        __arg_0: &[f64],
        __slot_0: &mut [f64],
        __arg_1: &[f64],
        __slot_1: &mut [f64],
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
        __arg_0: &[f64],
        __slot_0: &[f64],
        __arg_1: &[f64],
        __slot_1: &[f64],
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
        __arg_0: &[f64],
        __slot_0: &[[f64; __N]],
        __arg_1: &[f64],
        __slot_1: &[[f64; __N]],
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
        p: &[f64],
        p_adj: &mut [f64],
        q: &[f64],
        q_adj: &mut [f64],
        seed: &f64,
    ) -> <__P as ::ad_runtime::__private::Phase>::Out<f64> {
        use ::ad_runtime::__private as __rt;
        use ::ad_runtime::__private::traits::*;
        type __Checked = ::ad_runtime::__private::Checked<{ distance::__CHECKED }>;
        let p_adj = if __P::REV && __A0::ON { &mut p_adj[..p.len()] } else { p_adj };
        let q_adj = if __P::REV && __A1::ON { &mut q_adj[..q.len()] } else { q_adj };
        let (__value, (t_6,)) = if __P::FWD {
            let mut sum = 0.0;
            let t = (*p).len();
            for i in 0..t {
                let t_2 = p[i];
                let t_3 = q[i];
                let t_4 = t_2 - t_3;
                let t_5 = if __S::PLAIN && square::__RECOMPUTE && !__S::LOGS {
                    __rt::checked::<__Checked, _>(square::__primal)(t_4)
                } else {
                    if __P::TAPE && !(__S::PLAIN && square::__RECOMPUTE) {
                        __rt::checked::<
                            __Checked,
                            _,
                        >(
                            square::__fwd,
                        )(
                            tape,
                            sel,
                            (
                                __rt::Activity::or(
                                    act.0,
                                    __rt::Activity::or(act.1, __rt::Inactive),
                                ),
                            ),
                            t_4,
                        )
                    } else {
                        __rt::checked::<
                            __Checked,
                            _,
                        >(
                            square::__run,
                        )(
                            tape,
                            sel,
                            (
                                __rt::Activity::or(
                                    act.0,
                                    __rt::Activity::or(act.1, __rt::Inactive),
                                ),
                            ),
                            t_4,
                        )
                    }
                };
                sum += t_5;
            }
            let sum_2 = sum;
            let t_6 = __rt::Float::sqrt(sum_2);
            __rt::kink::sqrt(
                sel,
                tape,
                &Self::SITES[0],
                [__A0::ON || __A1::ON],
                [sum_2],
            );
            let __value: f64 = t_6;
            if !__P::REV {
                if __P::TAPE {
                    __rt::Record::push((t_6,), tape);
                }
                return __P::out(::core::option::Option::Some(__value));
            }
            (::core::option::Option::Some(__value), (t_6,))
        } else {
            (::core::option::Option::None, __rt::Record::pop(tape))
        };
        let t_adj_2 = *seed;
        let t_8 = 0.5 / t_6;
        let sum_adj = t_adj_2 * t_8;
        let t = (*p).len();
        for i in (0..t).rev() {
            let t_2 = p[i];
            let t_3 = q[i];
            let t_4 = t_2 - t_3;
            let mut t_adj_4: f64 = 0.0;
            if __S::PLAIN && square::__RECOMPUTE {
                __rt::checked::<
                    __Checked,
                    _,
                >(
                    square::__both,
                )(
                    tape,
                    __rt::Selector::quiet(sel),
                    (
                        __rt::Activity::or(
                            act.0,
                            __rt::Activity::or(act.1, __rt::Inactive),
                        ),
                    ),
                    t_4,
                    &mut t_adj_4,
                    &sum_adj,
                );
            } else {
                __rt::checked::<
                    __Checked,
                    _,
                >(
                    square::__rev,
                )(
                    tape,
                    sel,
                    (
                        __rt::Activity::or(
                            act.0,
                            __rt::Activity::or(act.1, __rt::Inactive),
                        ),
                    ),
                    t_4,
                    &mut t_adj_4,
                    &sum_adj,
                );
            }
            let t_adj_5 = t_adj_4;
            let t_adj_7 = -t_adj_5;
            if __A1::ON {
                q_adj[i] += t_adj_7;
            }
            if __A0::ON {
                p_adj[i] += t_adj_5;
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
    >(
        tape: &mut ::ad_runtime::__private::Tape,
        sel: __S,
        act: (__A0, __A1),
        p: &[f64],
        p_tan: &[f64],
        q: &[f64],
        q_tan: &[f64],
    ) -> (f64, f64) {
        use ::ad_runtime::__private as __rt;
        use ::ad_runtime::__private::traits::*;
        type __Checked = ::ad_runtime::__private::Checked<{ distance::__CHECKED }>;
        let p_tan = if __A0::ON { &p_tan[..p.len()] } else { p_tan };
        let q_tan = if __A1::ON { &q_tan[..q.len()] } else { q_tan };
        let mut sum = 0.0;
        let mut sum_tan = 0.0;
        let t = (*p).len();
        for i in 0..t {
            let t_2 = p[i];
            let t_tan = if __A0::ON { p_tan[i] } else { 0.0 };
            let t_3 = q[i];
            let t_tan_2 = if __A1::ON { q_tan[i] } else { 0.0 };
            let t_4 = t_2 - t_3;
            let t_7 = -t_tan_2;
            let t_8 = if __A0::ON { t_tan } else { 0.0 };
            let t_9 = if __A1::ON { t_7 } else { 0.0 };
            let t_tan_3 = t_8 + t_9;
            let (t_5, t_tan_4) = __rt::checked::<
                __Checked,
                _,
            >(
                square::__jvp,
            )(
                tape,
                sel,
                (__rt::Activity::or(act.0, __rt::Activity::or(act.1, __rt::Inactive)),),
                t_4,
                &t_tan_3,
            );
            sum += t_5;
            sum_tan += t_tan_4;
        }
        let sum_2 = sum;
        let sum_tan_2 = sum_tan;
        let t_6 = __rt::Float::sqrt(sum_2);
        __rt::kink::sqrt(sel, tape, &Self::SITES[0], [__A0::ON || __A1::ON], [sum_2]);
        let t_10 = 0.5 / t_6;
        let t_tan_6 = t_10 * sum_tan_2;
        let __value: f64 = t_6;
        let __tangent = t_tan_6;
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
        p: &[f64],
        p_tan: &[[f64; __N]],
        q: &[f64],
        q_tan: &[[f64; __N]],
    ) -> (f64, [f64; __N]) {
        use ::ad_runtime::__private as __rt;
        use ::ad_runtime::__private::traits::*;
        type __Checked = ::ad_runtime::__private::Checked<{ distance::__CHECKED }>;
        let p_tan = if __A0::ON { &p_tan[..p.len()] } else { p_tan };
        let q_tan = if __A1::ON { &q_tan[..q.len()] } else { q_tan };
        let mut sum = 0.0;
        let mut sum_tan: [_; __N] = [0.0; __N];
        let t = (*p).len();
        for i in 0..t {
            let t_2 = p[i];
            let t_tan = if __A0::ON { p_tan[i] } else { [0.0; __N] };
            let t_3 = q[i];
            let t_tan_2 = if __A1::ON { q_tan[i] } else { [0.0; __N] };
            let t_4 = t_2 - t_3;
            let t_7 = __rt::lanes::neg(t_tan_2);
            let t_8 = if __A0::ON { t_tan } else { [0.0; __N] };
            let t_9 = if __A1::ON { t_7 } else { [0.0; __N] };
            let t_tan_3 = __rt::lanes::add(t_8, t_9);
            let (t_5, t_tan_4) = __rt::checked::<
                __Checked,
                _,
            >(
                square::__jvp_lanes,
            )(
                tape,
                sel,
                (__rt::Activity::or(act.0, __rt::Activity::or(act.1, __rt::Inactive)),),
                __rt::lanes::Width::<__N>,
                t_4,
                &t_tan_3,
            );
            sum += t_5;
            __rt::add(&mut sum_tan, &t_tan_4);
        }
        let sum_2 = sum;
        let sum_tan_2 = sum_tan;
        let t_6 = __rt::Float::sqrt(sum_2);
        let t_10 = 0.5 / t_6;
        let t_tan_6 = __rt::lanes::mul(sum_tan_2, t_10);
        let __value: f64 = t_6;
        let __tangent = t_tan_6;
        (__value, __tangent)
    }
    #[doc(hidden)]
    #[inline(always)]
    pub fn __primal(__arg_0: &[f64], __arg_1: &[f64]) -> f64 {
        distance(__arg_0, __arg_1)
    }
}
#[automatically_derived]
impl ::core::clone::Clone for distance {
    fn clone(&self) -> Self {
        Self {}
    }
}
#[automatically_derived]
impl ::ad_runtime::Differentiable for distance {
    type Tangent = ();
    fn zero_like(&self) {}
}
#[automatically_derived]
impl ::ad_runtime::__private::AllFinite for distance {
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
impl<
    '__l0,
    '__l1,
> ::ad_runtime::__private::Function2<
    &'__l0 [f64],
    ::ad_runtime::__private::Kept<[f64]>,
    &'__l1 [f64],
    ::ad_runtime::__private::Kept<[f64]>,
    f64,
    f64,
> for distance {
    ::ad_runtime::__private::function_impl! {
        item distance, first, [__a_0 __M_0 __slot_0 __tan_0 __slot_tan_0 : & '__l0[f64],
        ::ad_runtime::__private::Kept < [f64] >; __a_1 __M_1 __slot_1 __tan_1
        __slot_tan_1 : & '__l1[f64], ::ad_runtime::__private::Kept < [f64] >;], f64, f64
    }
}
