/// Neighbouring elements in one loop.
pub fn rosenbrock(x: &[f64]) -> f64 {
    let mut sum = 0.0;
    for i in 0..x.len() - 1 {
        let a = x[i + 1] - x[i] * x[i];
        let b = 1.0 - x[i];
        sum += 100.0 * a * a + b * b;
    }
    sum
}
/// Derivatives of [`rosenbrock`](fn@rosenbrock).
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
pub struct rosenbrock {}
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
impl rosenbrock {
    /// The sites of `rosenbrock`: where an active value decides. They are listed above.
    pub const SITES: &'static [::ad_runtime::Site] = &[];
    /// The value of `rosenbrock` and its gradient, by reverse mode.
    #[inline]
    #[track_caller]
    pub fn grad(x: &[f64]) -> (f64, ::std::vec::Vec<f64>) {
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
    pub fn grad_with<__R: ::ad_runtime::__private::Rule>(
        x: &[f64],
    ) -> (f64, ::std::vec::Vec<f64>) {
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
    pub fn grad_trace(x: &[f64]) -> (f64, ::std::vec::Vec<f64>, ::ad_runtime::Trace) {
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
    pub fn grad_ties(x: &[f64]) -> (f64, ::std::vec::Vec<f64>, ::ad_runtime::Ties) {
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
    pub fn vjp(x: &[f64], seed: f64) -> (f64, ::std::vec::Vec<f64>) {
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
        x: &[f64],
        seed: f64,
    ) -> (f64, ::std::vec::Vec<f64>) {
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
    ///
    /// # Panics
    ///
    /// Panics where `rosenbrock` does, and before anything runs if the length of a cotangent or tangent is not that of its argument.
    #[inline]
    #[track_caller]
    pub fn vjp_into(
        tape: &mut ::ad_runtime::Tape,
        x: &[f64],
        x_adj: &mut [f64],
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
    /// Forward mode: what `rosenbrock` returns, and its tangent, for tangents of its arguments.
    ///
    /// # Panics
    ///
    /// Panics where `rosenbrock` does, and before anything runs if the length of a cotangent or tangent is not that of its argument.
    #[inline]
    #[track_caller]
    pub fn jvp(x: &[f64], x_tan: &[f64]) -> (f64, f64) {
        ::ad_runtime::__private::check_len("x_tan", x_tan.len(), "x", x.len());
        Self::__tan(
            &mut ::ad_runtime::__private::Tape::new(),
            <::ad_runtime::__private::Select<
                ::ad_runtime::__private::MinNorm,
                ::ad_runtime::__private::Off,
            > as ::core::default::Default>::default(),
            (::ad_runtime::__private::Active,),
            x,
            x_tan,
        )
    }
    /// As [`jvp`](Self::jvp), with another rule at ties for this one call.
    ///
    /// # Panics
    ///
    /// Panics where `rosenbrock` does, and before anything runs if the length of a cotangent or tangent is not that of its argument.
    #[inline]
    #[track_caller]
    pub fn jvp_with<__R: ::ad_runtime::__private::Rule>(
        x: &[f64],
        x_tan: &[f64],
    ) -> (f64, f64) {
        ::ad_runtime::__private::check_len("x_tan", x_tan.len(), "x", x.len());
        Self::__tan(
            &mut ::ad_runtime::__private::Tape::new(),
            <::ad_runtime::__private::Select<
                __R,
                ::ad_runtime::__private::Off,
            > as ::core::default::Default>::default(),
            (::ad_runtime::__private::Active,),
            x,
            x_tan,
        )
    }
    /// As [`jvp`](Self::jvp), with several tangents of each argument at once, the lanes innermost: `[f64; N]` for a float.
    ///
    /// # Panics
    ///
    /// Panics where `rosenbrock` does, and before anything runs if the length of a cotangent or tangent is not that of its argument.
    #[inline]
    #[track_caller]
    pub fn jvp_lanes<const __N: usize>(
        x: &[f64],
        x_tan: &[[f64; __N]],
    ) -> (f64, [f64; __N]) {
        const { ::core::assert!(__N > 0, "`jvp_lanes` has at least one lane") };
        ::ad_runtime::__private::check_len("x_tan", x_tan.len(), "x", x.len());
        Self::__lanes(
            &mut ::ad_runtime::__private::Tape::new(),
            <::ad_runtime::__private::Select<
                ::ad_runtime::__private::MinNorm,
                ::ad_runtime::__private::Off,
            > as ::core::default::Default>::default(),
            ::ad_runtime::__private::lanes::Width::<__N>,
            (::ad_runtime::__private::Active,),
            x,
            x_tan,
        )
    }
    /// The generators of the conservative field of `rosenbrock` at the point: the gradients of all pieces that meet there.
    #[inline]
    #[track_caller]
    pub fn field(
        x: &[f64],
        options: &::ad_runtime::FieldOptions,
    ) -> ::core::result::Result<
        ::ad_runtime::Field<::std::vec::Vec<f64>>,
        ::ad_runtime::FieldError,
    > {
        Self::__point(
            x,
            |program| ::ad_runtime::__private::field::field(program, options),
        )
    }
    /// The value of `rosenbrock` and a limiting gradient, that of the piece in a direction from the point.
    #[inline]
    #[track_caller]
    pub fn limiting(
        x: &[f64],
        direction: &::ad_runtime::Direction<::std::vec::Vec<f64>>,
    ) -> ::core::result::Result<
        (f64, ::std::vec::Vec<f64>),
        ::ad_runtime::LimitingError,
    > {
        Self::__point(
            x,
            |program| ::ad_runtime::__private::field::limiting(program, direction),
        )
    }
    /// The strongest statement that can be made about [`grad`](Self::grad) at the point.
    #[inline]
    #[track_caller]
    pub fn certify(x: &[f64]) -> ::ad_runtime::Certificate {
        Self::__point(x, |program| ::ad_runtime::__private::field::certify(program))
    }
    /// The step along a direction to the next change of selection, to first order.
    #[inline]
    #[track_caller]
    pub fn step(
        x: &[f64],
        direction: &::ad_runtime::Direction<::std::vec::Vec<f64>>,
    ) -> ::ad_runtime::Step {
        Self::__point(
            x,
            |program| ::ad_runtime::__private::field::step(program, direction),
        )
    }
    /// Runs `rosenbrock` and records its selections. The verdict assumes that the sides of tied branches agree at the tie.
    #[inline]
    #[track_caller]
    pub fn trace(x: &[f64]) -> (f64, ::ad_runtime::Trace) {
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
        x: &[f64],
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
        x: &[f64],
        x_adj: &mut [f64],
        seed: &f64,
    ) -> f64 {
        ::ad_runtime::__private::check_len("x_adj", x_adj.len(), "x", x.len());
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
        x: &[f64],
        seed: &f64,
    ) -> (f64, ::std::vec::Vec<f64>) {
        let mut x_adj = ::ad_runtime::__private::zero_like(x);
        let __value = Self::__outer(tape, __sel, x, &mut x_adj, seed);
        (__value, x_adj)
    }
    #[doc(hidden)]
    fn __point<__Out>(
        x: &[f64],
        then: impl ::core::ops::FnOnce(
            ::ad_runtime::__private::field::Program<'_, ::std::vec::Vec<f64>, f64>,
        ) -> __Out,
    ) -> __Out {
        let zero: ::std::vec::Vec<f64> = ::ad_runtime::__private::zero_like(&*x);
        let mut gradient = || Self::__owned(
            &mut ::ad_runtime::__private::Tape::new(),
            <::ad_runtime::__private::Select<
                ::ad_runtime::__private::MinNorm,
                ::ad_runtime::__private::Off,
            > as ::core::default::Default>::default(),
            x,
            &1.0,
        );
        let mut run = |
            tape: &mut ::ad_runtime::__private::Tape,
            __tan_0: &::std::vec::Vec<f64>,
            moved: ::core::option::Option<(&::std::vec::Vec<f64>, f64)>|
        {
            let mut x = ::std::borrow::ToOwned::to_owned(x);
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
                    &x,
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
        __arg_0: &[f64],
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
        __arg_0: &[f64],
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
        __arg_0: &[f64],
        __slot_0: &mut [f64],
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
        __arg_0: &[f64],
        __slot_0: &mut [f64],
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
        __arg_0: &[f64],
        __slot_0: &[f64],
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
        __arg_0: &[f64],
        __slot_0: &[[f64; __N]],
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
        x: &[f64],
        x_adj: &mut [f64],
        seed: &f64,
    ) -> <__P as ::ad_runtime::__private::Phase>::Out<f64> {
        use ::ad_runtime::__private as __rt;
        use ::ad_runtime::__private::traits::*;
        let x_adj = if __P::REV && __A0::ON { &mut x_adj[..x.len()] } else { x_adj };
        let (__value, ()) = if __P::FWD {
            let mut sum = 0.0;
            let t: usize = (*x).len() - 1;
            for i in 0..t {
                let t_2: usize = i + 1;
                let t_3 = x[t_2];
                let t_4 = x[i];
                let t_5 = x[i];
                let t_6 = t_4 * t_5;
                let a = t_3 - t_6;
                let t_7 = x[i];
                let b = 1.0 - t_7;
                let t_8 = 100.0 * a;
                let t_9 = t_8 * a;
                let t_10 = b * b;
                let t_11 = t_9 + t_10;
                sum += t_11;
            }
            let sum_2 = sum;
            let __value: f64 = sum_2;
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
        let sum_adj_2 = *seed;
        let t: usize = (*x).len() - 1;
        let mut carry: f64 = 0.0;
        {
            let x_part = if t > 0 {
                let first: usize = 0;
                &(*x)[first..][..t]
            } else {
                &[]
            };
            let x_part_2 = if t > 0 {
                let first_2: usize = 0;
                let t_35: usize = first_2 + 1;
                &(*x)[t_35..][..t]
            } else {
                &[]
            };
            let x_adj_part = if t > 0 && (__A0::ON) {
                let first_3: usize = 0;
                &mut (*x_adj)[first_3..][..t]
            } else {
                &mut []
            };
            for i in 0..t {
                let t_7 = x_part[i];
                let b = 1.0 - t_7;
                let t_16 = sum_adj_2 * b;
                let mut b_adj = t_16;
                let t_17 = b * sum_adj_2;
                b_adj += t_17;
                let t_3 = x_part_2[i];
                let t_4 = x_part[i];
                let t_5 = x_part[i];
                let t_6 = t_4 * t_5;
                let a = t_3 - t_6;
                let t_8 = 100.0 * a;
                let t_adj_4 = sum_adj_2 * a;
                let t_19 = t_8 * sum_adj_2;
                let mut a_adj = t_19;
                let t_21 = 100.0 * t_adj_4;
                a_adj += t_21;
                let t_22 = b_adj;
                let t_adj_6 = -t_22;
                let t_adj_7 = a_adj;
                let t_adj_9 = -t_adj_7;
                let t_adj_10 = t_adj_9 * t_5;
                let t_adj_12 = t_4 * t_adj_9;
                let t_29 = carry;
                let t_30 = t_29 + t_adj_6;
                let t_31 = t_30 + t_adj_12;
                let t_32 = t_31 + t_adj_10;
                if __A0::ON {
                    x_adj_part[i] += t_32;
                }
                let t_33 = t_adj_7;
                carry = t_33;
            }
        }
        let ran = 0 < t;
        if ran {
            let hi = t;
            let last: usize = hi - 0;
            let t_34 = carry;
            if __A0::ON {
                x_adj[last] += t_34;
            }
        }
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
        x: &[f64],
        x_tan: &[f64],
    ) -> (f64, f64) {
        use ::ad_runtime::__private as __rt;
        use ::ad_runtime::__private::traits::*;
        let x_tan = if __A0::ON { &x_tan[..x.len()] } else { x_tan };
        let mut sum = 0.0;
        let mut sum_tan = 0.0;
        let t: usize = (*x).len() - 1;
        for i in 0..t {
            let t_2: usize = i + 1;
            let t_3 = x[t_2];
            let t_tan = if __A0::ON { x_tan[t_2] } else { 0.0 };
            let t_4 = x[i];
            let t_tan_2 = if __A0::ON { x_tan[i] } else { 0.0 };
            let t_5 = x[i];
            let t_tan_3 = if __A0::ON { x_tan[i] } else { 0.0 };
            let t_6 = t_4 * t_5;
            let t_12 = t_tan_2 * t_5;
            let t_13 = t_4 * t_tan_3;
            let t_tan_4 = t_12 + t_13;
            let a = t_3 - t_6;
            let t_14 = -t_tan_4;
            let a_tan = t_tan + t_14;
            let t_7 = x[i];
            let t_tan_5 = if __A0::ON { x_tan[i] } else { 0.0 };
            let b = 1.0 - t_7;
            let b_tan_2 = -t_tan_5;
            let t_8 = 100.0 * a;
            let t_tan_7 = 100.0 * a_tan;
            let t_9 = t_8 * a;
            let t_15 = t_tan_7 * a;
            let t_16 = t_8 * a_tan;
            let t_tan_8 = t_15 + t_16;
            let t_10 = b * b;
            let t_17 = b_tan_2 * b;
            let t_18 = b * b_tan_2;
            let t_tan_9 = t_17 + t_18;
            let t_11 = t_9 + t_10;
            let t_tan_10 = t_tan_8 + t_tan_9;
            sum += t_11;
            sum_tan += t_tan_10;
        }
        let sum_2 = sum;
        let sum_tan_2 = sum_tan;
        let __value: f64 = sum_2;
        let __tangent = sum_tan_2;
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
        x: &[f64],
        x_tan: &[[f64; __N]],
    ) -> (f64, [f64; __N]) {
        use ::ad_runtime::__private as __rt;
        use ::ad_runtime::__private::traits::*;
        let x_tan = if __A0::ON { &x_tan[..x.len()] } else { x_tan };
        let mut sum = 0.0;
        let mut sum_tan: [_; __N] = [0.0; __N];
        let t: usize = (*x).len() - 1;
        for i in 0..t {
            let t_2: usize = i + 1;
            let t_3 = x[t_2];
            let t_tan = if __A0::ON { x_tan[t_2] } else { [0.0; __N] };
            let t_4 = x[i];
            let t_tan_2 = if __A0::ON { x_tan[i] } else { [0.0; __N] };
            let t_5 = x[i];
            let t_tan_3 = if __A0::ON { x_tan[i] } else { [0.0; __N] };
            let t_6 = t_4 * t_5;
            let t_12 = __rt::lanes::mul(t_tan_2, t_5);
            let t_13 = __rt::lanes::mul(t_tan_3, t_4);
            let t_tan_4 = __rt::lanes::add(t_12, t_13);
            let a = t_3 - t_6;
            let t_14 = __rt::lanes::neg(t_tan_4);
            let a_tan = __rt::lanes::add(t_tan, t_14);
            let t_7 = x[i];
            let t_tan_5 = if __A0::ON { x_tan[i] } else { [0.0; __N] };
            let b = 1.0 - t_7;
            let b_tan_2 = __rt::lanes::neg(t_tan_5);
            let t_8 = 100.0 * a;
            let t_tan_7 = __rt::lanes::mul(a_tan, 100.0);
            let t_9 = t_8 * a;
            let t_15 = __rt::lanes::mul(t_tan_7, a);
            let t_16 = __rt::lanes::mul(a_tan, t_8);
            let t_tan_8 = __rt::lanes::add(t_15, t_16);
            let t_10 = b * b;
            let t_17 = __rt::lanes::mul(b_tan_2, b);
            let t_18 = __rt::lanes::mul(b_tan_2, b);
            let t_tan_9 = __rt::lanes::add(t_17, t_18);
            let t_11 = t_9 + t_10;
            let t_tan_10 = __rt::lanes::add(t_tan_8, t_tan_9);
            sum += t_11;
            __rt::add(&mut sum_tan, &t_tan_10);
        }
        let sum_2 = sum;
        let sum_tan_2 = sum_tan;
        let __value: f64 = sum_2;
        let __tangent = sum_tan_2;
        (__value, __tangent)
    }
    #[doc(hidden)]
    #[inline(always)]
    pub fn __primal(__arg_0: &[f64]) -> f64 {
        rosenbrock(__arg_0)
    }
}
#[automatically_derived]
impl ::core::clone::Clone for rosenbrock {
    fn clone(&self) -> Self {
        Self {}
    }
}
#[automatically_derived]
impl ::ad_runtime::Differentiable for rosenbrock {
    type Tangent = ();
    fn zero_like(&self) {}
}
#[automatically_derived]
impl ::ad_runtime::__private::AllFinite for rosenbrock {
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
> ::ad_runtime::__private::Function1<
    &'__l0 [f64],
    ::ad_runtime::__private::Kept<[f64]>,
    f64,
    f64,
> for rosenbrock {
    ::ad_runtime::__private::function_impl! {
        item rosenbrock, first, [__a_0 __M_0 __slot_0 __tan_0 __slot_tan_0 : &
        '__l0[f64], ::ad_runtime::__private::Kept < [f64] >;], f64, f64
    }
}
