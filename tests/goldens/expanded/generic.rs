/// Any float, a vector that grows, and a constant.
pub fn polynomial<T: ad_runtime::Float>(x: T, degree: usize) -> T {
    let mut powers = vec![T::one()];
    for k in 0..degree {
        powers.push(powers[k] * x);
    }
    let mut sum = T::zero();
    for p in &powers {
        sum = sum + *p;
    }
    sum
}
/// Derivatives of [`polynomial`](fn@polynomial).
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
pub struct polynomial {}
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
impl polynomial {
    /// The sites of `polynomial`: where an active value decides. They are listed above.
    pub const SITES: &'static [::ad_runtime::Site] = &[];
    /// The value of `polynomial` and its gradient, by reverse mode.
    #[inline]
    #[track_caller]
    pub fn grad<T: ad_runtime::Float>(x: T, degree: usize) -> (T, T)
    where
        T: ::ad_runtime::__private::Scalar,
    {
        Self::__owned::<
            T,
            _,
        >(
            &mut ::ad_runtime::__private::Tape::new(),
            <::ad_runtime::__private::Select<
                ::ad_runtime::__private::MinNorm,
                ::ad_runtime::__private::Off,
            > as ::core::default::Default>::default(),
            x,
            degree,
            &<T as ::ad_runtime::__private::Scalar>::__from_f64(1.0),
        )
    }
    /// As [`grad`](Self::grad), with another rule at ties for this one call.
    #[inline]
    #[track_caller]
    pub fn grad_with<__R: ::ad_runtime::__private::Rule, T: ad_runtime::Float>(
        x: T,
        degree: usize,
    ) -> (T, T)
    where
        T: ::ad_runtime::__private::Scalar,
    {
        Self::__owned::<
            T,
            _,
        >(
            &mut ::ad_runtime::__private::Tape::new(),
            <::ad_runtime::__private::Select<
                __R,
                ::ad_runtime::__private::Off,
            > as ::core::default::Default>::default(),
            x,
            degree,
            &<T as ::ad_runtime::__private::Scalar>::__from_f64(1.0),
        )
    }
    /// As [`grad`](Self::grad), with the selections of the same run and its verdict.
    #[inline]
    #[track_caller]
    pub fn grad_trace<T: ad_runtime::Float>(
        x: T,
        degree: usize,
    ) -> (T, T, ::ad_runtime::Trace)
    where
        T: ::ad_runtime::__private::Scalar,
    {
        let mut tape = ::ad_runtime::__private::Tape::new();
        let (value, __adjoints) = Self::__owned::<
            T,
            _,
        >(
            &mut tape,
            <::ad_runtime::__private::Select<
                ::ad_runtime::__private::MinNorm,
                ::ad_runtime::__private::Recording,
            > as ::core::default::Default>::default(),
            x,
            degree,
            &<T as ::ad_runtime::__private::Scalar>::__from_f64(1.0),
        );
        let __finite = ::ad_runtime::__private::all_finite(&value)
            && ::ad_runtime::__private::all_finite(&__adjoints);
        (value, __adjoints, ::ad_runtime::__private::finish_trace(&mut tape, __finite))
    }
    /// As [`grad`](Self::grad), with the number of selections and of ties of the same run.
    #[inline]
    #[track_caller]
    pub fn grad_ties<T: ad_runtime::Float>(
        x: T,
        degree: usize,
    ) -> (T, T, ::ad_runtime::Ties)
    where
        T: ::ad_runtime::__private::Scalar,
    {
        let mut tape = ::ad_runtime::__private::Tape::new();
        let (value, __adjoints) = Self::__owned::<
            T,
            _,
        >(
            &mut tape,
            <::ad_runtime::__private::Select<
                ::ad_runtime::__private::MinNorm,
                ::ad_runtime::__private::Count,
            > as ::core::default::Default>::default(),
            x,
            degree,
            &<T as ::ad_runtime::__private::Scalar>::__from_f64(1.0),
        );
        let __finite = ::ad_runtime::__private::all_finite(&value)
            && ::ad_runtime::__private::all_finite(&__adjoints);
        (value, __adjoints, ::ad_runtime::__private::finish_ties(&mut tape, __finite))
    }
    /// The value and the cotangents of `x`, by reverse mode, for the cotangent `seed` of the result.
    #[inline]
    #[track_caller]
    pub fn vjp<T: ad_runtime::Float>(x: T, degree: usize, seed: T) -> (T, T)
    where
        T: ::ad_runtime::__private::Scalar,
    {
        Self::__owned::<
            T,
            _,
        >(
            &mut ::ad_runtime::__private::Tape::new(),
            <::ad_runtime::__private::Select<
                ::ad_runtime::__private::MinNorm,
                ::ad_runtime::__private::Off,
            > as ::core::default::Default>::default(),
            x,
            degree,
            &seed,
        )
    }
    /// As [`vjp`](Self::vjp), with another rule at ties for this one call.
    #[inline]
    #[track_caller]
    pub fn vjp_with<__R: ::ad_runtime::__private::Rule, T: ad_runtime::Float>(
        x: T,
        degree: usize,
        seed: T,
    ) -> (T, T)
    where
        T: ::ad_runtime::__private::Scalar,
    {
        Self::__owned::<
            T,
            _,
        >(
            &mut ::ad_runtime::__private::Tape::new(),
            <::ad_runtime::__private::Select<
                __R,
                ::ad_runtime::__private::Off,
            > as ::core::default::Default>::default(),
            x,
            degree,
            &seed,
        )
    }
    /// As [`vjp`](Self::vjp), adding to the given cotangents and reusing the memory of `tape`: nothing is allocated in the steady state.
    #[inline]
    #[track_caller]
    pub fn vjp_into<T: ad_runtime::Float>(
        tape: &mut ::ad_runtime::Tape,
        x: T,
        x_adj: &mut T,
        degree: usize,
        seed: T,
    ) -> T
    where
        T: ::ad_runtime::__private::Scalar,
    {
        Self::__outer::<
            T,
            _,
        >(
            tape,
            <::ad_runtime::__private::Select<
                ::ad_runtime::__private::MinNorm,
                ::ad_runtime::__private::Off,
            > as ::core::default::Default>::default(),
            x,
            x_adj,
            degree,
            &seed,
        )
    }
    /// Forward mode: what `polynomial` returns, and its tangent, for tangents of its arguments.
    #[inline]
    #[track_caller]
    pub fn jvp<T: ad_runtime::Float>(x: T, x_tan: T, degree: usize) -> (T, T)
    where
        T: ::ad_runtime::__private::Scalar,
    {
        Self::__tan::<
            T,
            _,
            _,
            _,
        >(
            &mut ::ad_runtime::__private::Tape::new(),
            <::ad_runtime::__private::Select<
                ::ad_runtime::__private::MinNorm,
                ::ad_runtime::__private::Off,
            > as ::core::default::Default>::default(),
            (::ad_runtime::__private::Active, ::ad_runtime::__private::Inactive),
            x,
            &x_tan,
            degree,
            ::ad_runtime::__private::Hold::new().shared(),
        )
    }
    /// As [`jvp`](Self::jvp), with another rule at ties for this one call.
    #[inline]
    #[track_caller]
    pub fn jvp_with<__R: ::ad_runtime::__private::Rule, T: ad_runtime::Float>(
        x: T,
        x_tan: T,
        degree: usize,
    ) -> (T, T)
    where
        T: ::ad_runtime::__private::Scalar,
    {
        Self::__tan::<
            T,
            _,
            _,
            _,
        >(
            &mut ::ad_runtime::__private::Tape::new(),
            <::ad_runtime::__private::Select<
                __R,
                ::ad_runtime::__private::Off,
            > as ::core::default::Default>::default(),
            (::ad_runtime::__private::Active, ::ad_runtime::__private::Inactive),
            x,
            &x_tan,
            degree,
            ::ad_runtime::__private::Hold::new().shared(),
        )
    }
    /// As [`jvp`](Self::jvp), with several tangents of each argument at once, the lanes innermost: `[f64; N]` for a float.
    #[inline]
    #[track_caller]
    pub fn jvp_lanes<const __N: usize, T: ad_runtime::Float>(
        x: T,
        x_tan: [T; __N],
        degree: usize,
    ) -> (T, [T; __N])
    where
        T: ::ad_runtime::__private::Scalar,
        T: ::ad_runtime::__private::Tangent<Lanes<__N> = [T; __N]>,
    {
        const { ::core::assert!(__N > 0, "`jvp_lanes` has at least one lane") };
        Self::__lanes::<
            T,
            _,
            _,
            _,
            _,
        >(
            &mut ::ad_runtime::__private::Tape::new(),
            <::ad_runtime::__private::Select<
                ::ad_runtime::__private::MinNorm,
                ::ad_runtime::__private::Off,
            > as ::core::default::Default>::default(),
            ::ad_runtime::__private::lanes::Width::<__N>,
            (::ad_runtime::__private::Active, ::ad_runtime::__private::Inactive),
            x,
            &x_tan,
            degree,
            ::ad_runtime::__private::Hold::new().shared(),
        )
    }
    /// The generators of the conservative field of `polynomial` at the point: the gradients of all pieces that meet there.
    #[inline]
    #[track_caller]
    pub fn field<T: ad_runtime::Float>(
        x: T,
        degree: usize,
        options: &::ad_runtime::FieldOptions,
    ) -> ::core::result::Result<::ad_runtime::Field<T>, ::ad_runtime::FieldError>
    where
        T: ::ad_runtime::__private::Scalar,
    {
        Self::__point::<
            T,
            _,
        >(&x, &degree, |program| ::ad_runtime::__private::field::field(program, options))
    }
    /// The value of `polynomial` and a limiting gradient, that of the piece in a direction from the point.
    #[inline]
    #[track_caller]
    pub fn limiting<T: ad_runtime::Float>(
        x: T,
        degree: usize,
        direction: &::ad_runtime::Direction<T>,
    ) -> ::core::result::Result<(T, T), ::ad_runtime::LimitingError>
    where
        T: ::ad_runtime::__private::Scalar,
    {
        Self::__point::<
            T,
            _,
        >(
            &x,
            &degree,
            |program| ::ad_runtime::__private::field::limiting(program, direction),
        )
    }
    /// The strongest statement that can be made about [`grad`](Self::grad) at the point.
    #[inline]
    #[track_caller]
    pub fn certify<T: ad_runtime::Float>(
        x: T,
        degree: usize,
    ) -> ::ad_runtime::Certificate
    where
        T: ::ad_runtime::__private::Scalar,
    {
        Self::__point::<
            T,
            _,
        >(&x, &degree, |program| ::ad_runtime::__private::field::certify(program))
    }
    /// The step along a direction to the next change of selection, to first order.
    #[inline]
    #[track_caller]
    pub fn step<T: ad_runtime::Float>(
        x: T,
        degree: usize,
        direction: &::ad_runtime::Direction<T>,
    ) -> ::ad_runtime::Step
    where
        T: ::ad_runtime::__private::Scalar,
    {
        Self::__point::<
            T,
            _,
        >(
            &x,
            &degree,
            |program| ::ad_runtime::__private::field::step(program, direction),
        )
    }
    /// Runs `polynomial` and records its selections. The verdict assumes that the sides of tied branches agree at the tie.
    #[inline]
    #[track_caller]
    pub fn trace<T: ad_runtime::Float>(x: T, degree: usize) -> (T, ::ad_runtime::Trace)
    where
        T: ::ad_runtime::__private::Scalar,
    {
        let mut tape = ::ad_runtime::__private::Tape::new();
        tape.begin();
        let value = Self::__adj::<
            T,
            _,
            _,
            _,
            _,
        >(
            &mut tape,
            <::ad_runtime::__private::Select<
                ::ad_runtime::__private::MinNorm,
                ::ad_runtime::__private::Recording,
            > as ::core::default::Default>::default(),
            ::ad_runtime::__private::Primal,
            (::ad_runtime::__private::Active, ::ad_runtime::__private::Inactive),
            x,
            ::ad_runtime::__private::Hold::new().slot(),
            degree,
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
    pub fn trace_with<__R: ::ad_runtime::__private::Rule, T: ad_runtime::Float>(
        x: T,
        degree: usize,
    ) -> (T, ::ad_runtime::Trace)
    where
        T: ::ad_runtime::__private::Scalar,
    {
        let mut tape = ::ad_runtime::__private::Tape::new();
        tape.begin();
        let value = Self::__adj::<
            T,
            _,
            _,
            _,
            _,
        >(
            &mut tape,
            <::ad_runtime::__private::Select<
                __R,
                ::ad_runtime::__private::Recording,
            > as ::core::default::Default>::default(),
            ::ad_runtime::__private::Primal,
            (::ad_runtime::__private::Active, ::ad_runtime::__private::Inactive),
            x,
            ::ad_runtime::__private::Hold::new().slot(),
            degree,
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
    fn __outer<T: ad_runtime::Float, __S: ::ad_runtime::__private::Selector>(
        tape: &mut ::ad_runtime::__private::Tape,
        __sel: __S,
        x: T,
        x_adj: &mut T,
        degree: usize,
        seed: &T,
    ) -> T
    where
        T: ::ad_runtime::__private::Scalar,
    {
        tape.begin();
        Self::__adj::<
            T,
            _,
            _,
            _,
            _,
        >(
            tape,
            __sel,
            ::ad_runtime::__private::Outer,
            (::ad_runtime::__private::Active, ::ad_runtime::__private::Inactive),
            x,
            x_adj,
            degree,
            ::ad_runtime::__private::Hold::new().slot(),
            seed,
        )
    }
    #[doc(hidden)]
    #[track_caller]
    #[inline]
    fn __owned<T: ad_runtime::Float, __S: ::ad_runtime::__private::Selector>(
        tape: &mut ::ad_runtime::__private::Tape,
        __sel: __S,
        x: T,
        degree: usize,
        seed: &T,
    ) -> (T, T)
    where
        T: ::ad_runtime::__private::Scalar,
    {
        let mut x_adj = ::ad_runtime::__private::zero_like(&x);
        let __value = Self::__outer::<T, _>(tape, __sel, x, &mut x_adj, degree, seed);
        (__value, x_adj)
    }
    #[doc(hidden)]
    fn __point<T: ad_runtime::Float, __Out>(
        x: &T,
        degree: &usize,
        then: impl ::core::ops::FnOnce(
            ::ad_runtime::__private::field::Program<'_, T, T>,
        ) -> __Out,
    ) -> __Out
    where
        T: ::ad_runtime::__private::Scalar,
    {
        let zero: T = ::ad_runtime::__private::zero_like(&*x);
        let mut gradient = || Self::__owned::<
            T,
            _,
        >(
            &mut ::ad_runtime::__private::Tape::new(),
            <::ad_runtime::__private::Select<
                ::ad_runtime::__private::MinNorm,
                ::ad_runtime::__private::Off,
            > as ::core::default::Default>::default(),
            ::core::clone::Clone::clone(x),
            ::core::clone::Clone::clone(degree),
            &<T as ::ad_runtime::__private::Scalar>::__from_f64(1.0),
        );
        let mut run = |
            tape: &mut ::ad_runtime::__private::Tape,
            __tan_0: &T,
            moved: ::core::option::Option<(&T, f64)>|
        {
            let mut x = ::core::clone::Clone::clone(x);
            let mut degree = ::core::clone::Clone::clone(degree);
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
                Self::__tan::<
                    T,
                    _,
                    _,
                    _,
                >(
                    tape,
                    <::ad_runtime::__private::Select<
                        ::ad_runtime::__private::MinNorm,
                        ::ad_runtime::__private::Follow,
                    > as ::core::default::Default>::default(),
                    (::ad_runtime::__private::Active, ::ad_runtime::__private::Inactive),
                    x,
                    __tan_0,
                    degree,
                    ::ad_runtime::__private::Hold::new().shared(),
                ),
            )
        };
        then(::ad_runtime::__private::field::Program::new(zero, &mut run, &mut gradient))
    }
    #[doc(hidden)]
    pub const __RECOMPUTE: bool = false;
    #[doc(hidden)]
    pub const __OVERWRITES: &[bool] = &[false, false];
    #[doc(hidden)]
    #[inline]
    pub fn __fwd<T: ad_runtime::Float>(
        __tape: &mut ::ad_runtime::__private::Tape,
        __sel: impl ::ad_runtime::__private::Selector,
        __act: (
            impl ::ad_runtime::__private::Activity,
            impl ::ad_runtime::__private::Activity,
        ),
        __arg_0: T,
        __arg_1: usize,
    ) -> T
    where
        T: ::ad_runtime::__private::Scalar,
    {
        Self::__adj::<
            T,
            _,
            _,
            _,
            _,
        >(
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
    pub fn __run<T: ad_runtime::Float>(
        __tape: &mut ::ad_runtime::__private::Tape,
        __sel: impl ::ad_runtime::__private::Selector,
        __act: (
            impl ::ad_runtime::__private::Activity,
            impl ::ad_runtime::__private::Activity,
        ),
        __arg_0: T,
        __arg_1: usize,
    ) -> T
    where
        T: ::ad_runtime::__private::Scalar,
    {
        Self::__adj::<
            T,
            _,
            _,
            _,
            _,
        >(
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
    pub fn __rev<T: ad_runtime::Float>(
        __tape: &mut ::ad_runtime::__private::Tape,
        __sel: impl ::ad_runtime::__private::Selector,
        __act: (
            impl ::ad_runtime::__private::Activity,
            impl ::ad_runtime::__private::Activity,
        ),
        __arg_0: T,
        __slot_0: &mut T,
        __arg_1: usize,
        __slot_1: &mut (),
        __seed: &T,
    )
    where
        T: ::ad_runtime::__private::Scalar,
    {
        Self::__adj::<
            T,
            _,
            _,
            _,
            _,
        >(
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
    pub fn __both<T: ad_runtime::Float>(
        __tape: &mut ::ad_runtime::__private::Tape,
        __sel: impl ::ad_runtime::__private::Selector,
        __act: (
            impl ::ad_runtime::__private::Activity,
            impl ::ad_runtime::__private::Activity,
        ),
        __arg_0: T,
        __slot_0: &mut T,
        __arg_1: usize,
        __slot_1: &mut (),
        __seed: &T,
    ) -> T
    where
        T: ::ad_runtime::__private::Scalar,
    {
        Self::__adj::<
            T,
            _,
            _,
            _,
            _,
        >(
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
    pub fn __jvp<T: ad_runtime::Float>(
        __tape: &mut ::ad_runtime::__private::Tape,
        __sel: impl ::ad_runtime::__private::Selector,
        __act: (
            impl ::ad_runtime::__private::Activity,
            impl ::ad_runtime::__private::Activity,
        ),
        __arg_0: T,
        __slot_0: &T,
        __arg_1: usize,
        __slot_1: &(),
    ) -> (T, T)
    where
        T: ::ad_runtime::__private::Scalar,
    {
        Self::__tan::<
            T,
            _,
            _,
            _,
        >(__tape, __sel, __act, __arg_0, __slot_0, __arg_1, __slot_1)
    }
    #[doc(hidden)]
    #[inline]
    pub fn __jvp_lanes<T: ad_runtime::Float, const __N: usize>(
        __tape: &mut ::ad_runtime::__private::Tape,
        __sel: impl ::ad_runtime::__private::Selector,
        __act: (
            impl ::ad_runtime::__private::Activity,
            impl ::ad_runtime::__private::Activity,
        ),
        _: ::ad_runtime::__private::lanes::Width<__N>,
        __arg_0: T,
        __slot_0: &[T; __N],
        __arg_1: usize,
        __slot_1: &(),
    ) -> (T, [T; __N])
    where
        T: ::ad_runtime::__private::Scalar,
        T: ::ad_runtime::__private::Tangent<Lanes<__N> = [T; __N]>,
    {
        Self::__lanes::<
            T,
            _,
            _,
            _,
            _,
        >(
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
        T: ad_runtime::Float,
        __S: ::ad_runtime::__private::Selector,
        __P: ::ad_runtime::__private::Phase,
        __A0: ::ad_runtime::__private::Activity,
        __A1: ::ad_runtime::__private::Activity,
    >(
        tape: &mut ::ad_runtime::__private::Tape,
        sel: __S,
        __phase: __P,
        act: (__A0, __A1),
        x: T,
        x_adj: &mut T,
        degree: usize,
        __slot_1: &mut (),
        seed: &T,
    ) -> <__P as ::ad_runtime::__private::Phase>::Out<T>
    where
        T: ::ad_runtime::__private::Scalar,
    {
        use ::ad_runtime::__private as __rt;
        use ::ad_runtime::__private::traits::*;
        let (__value, (mut powers,)) = if __P::FWD {
            let x_2 = x;
            let degree_2 = degree;
            let t: T = T::one();
            let mut powers = tape.vec_of([t]);
            for k in 0..degree_2 {
                let t_3 = powers[k];
                let t_5 = t_3 * x_2;
                ::std::vec::Vec::push(&mut powers, t_5);
            }
            let mut sum: T = T::zero();
            let t_6 = powers.len();
            for k_2 in 0..t_6 {
                let sum_2 = sum;
                let t_7 = powers[k_2];
                let t_8 = sum_2 + t_7;
                sum = t_8;
            }
            let sum_3 = sum;
            let __value: T = sum_3;
            if !__P::REV {
                if __P::TAPE {
                    __rt::Record::push((powers,), tape);
                }
                return __P::out(::core::option::Option::Some(__value));
            }
            (::core::option::Option::Some(__value), (powers,))
        } else {
            (::core::option::Option::None, __rt::Record::pop(tape))
        };
        let sum_adj_2 = *seed;
        let mut sum_adj_3 = sum_adj_2;
        let mut powers_adj: ::std::vec::Vec<T> = __rt::zero_in(&powers, tape);
        let t_6 = powers.len();
        {
            let powers_adj_part = if t_6 > 0 {
                let first: usize = 0;
                &mut powers_adj[first..][..t_6]
            } else {
                &mut []
            };
            for k_2 in (0..t_6).rev() {
                let t_adj = __rt::take(&mut sum_adj_3);
                powers_adj_part[k_2] += t_adj;
                sum_adj_3 += t_adj;
            }
        }
        let x_2 = x;
        let mut x_adj_2: T = <T as __rt::Scalar>::__from_f64(0.0);
        let degree_2 = degree;
        for k in (0..degree_2).rev() {
            ::std::vec::Vec::pop(&mut powers);
            let n = powers_adj.len();
            let last = n - 1;
            let t_adj_4 = __rt::take(&mut powers_adj[last]);
            ::std::vec::Vec::pop(&mut powers_adj);
            let t_3 = powers[k];
            let t_adj_6 = t_adj_4 * x_2;
            let t_14 = t_3 * t_adj_4;
            x_adj_2 += t_14;
            powers_adj[k] += t_adj_6;
        }
        let t_16 = x_adj_2;
        *x_adj += t_16;
        tape.give(powers_adj);
        tape.give(powers);
        __P::out(__value)
    }
    #[doc(hidden)]
    #[inline]
    fn __tan<
        T: ad_runtime::Float,
        __S: ::ad_runtime::__private::Selector,
        __A0: ::ad_runtime::__private::Activity,
        __A1: ::ad_runtime::__private::Activity,
    >(
        tape: &mut ::ad_runtime::__private::Tape,
        sel: __S,
        act: (__A0, __A1),
        x: T,
        x_tan: &T,
        degree: usize,
        __slot_1: &(),
    ) -> (T, T)
    where
        T: ::ad_runtime::__private::Scalar,
    {
        use ::ad_runtime::__private as __rt;
        use ::ad_runtime::__private::traits::*;
        let x_2 = x;
        let x_tan_2 = *x_tan;
        let degree_2 = degree;
        let t: T = T::one();
        let mut powers = tape.vec_of([t]);
        let zero: T = <T as __rt::Scalar>::__from_f64(0.0);
        let mut powers_tan = tape.vec_of([zero]);
        for k in 0..degree_2 {
            let t_3 = powers[k];
            let t_tan = powers_tan[k];
            let t_5 = t_3 * x_2;
            let t_9 = t_tan * x_2;
            let t_10 = t_3 * x_tan_2;
            let t_tan_2 = t_9 + t_10;
            ::std::vec::Vec::push(&mut powers, t_5);
            ::std::vec::Vec::push(&mut powers_tan, t_tan_2);
        }
        let mut sum: T = T::zero();
        let mut sum_tan: T = <T as __rt::Scalar>::__from_f64(0.0);
        let t_6 = powers.len();
        for k_2 in 0..t_6 {
            let sum_2 = sum;
            let sum_tan_2 = sum_tan;
            let t_7 = powers[k_2];
            let t_tan_3 = powers_tan[k_2];
            let t_8 = sum_2 + t_7;
            let t_tan_4 = sum_tan_2 + t_tan_3;
            sum = t_8;
            sum_tan = t_tan_4;
        }
        let sum_3 = sum;
        let sum_tan_3 = sum_tan;
        let __value: T = sum_3;
        let __tangent = sum_tan_3;
        (__value, __tangent)
    }
    #[doc(hidden)]
    #[inline]
    fn __lanes<
        T: ad_runtime::Float,
        __S: ::ad_runtime::__private::Selector,
        __A0: ::ad_runtime::__private::Activity,
        __A1: ::ad_runtime::__private::Activity,
        const __N: usize,
    >(
        tape: &mut ::ad_runtime::__private::Tape,
        sel: __S,
        _: ::ad_runtime::__private::lanes::Width<__N>,
        act: (__A0, __A1),
        x: T,
        x_tan: &[T; __N],
        degree: usize,
        __slot_1: &(),
    ) -> (T, [T; __N])
    where
        T: ::ad_runtime::__private::Scalar,
        T: ::ad_runtime::__private::Tangent<Lanes<__N> = [T; __N]>,
    {
        use ::ad_runtime::__private as __rt;
        use ::ad_runtime::__private::traits::*;
        let x_2 = x;
        let x_tan_2 = *x_tan;
        let degree_2 = degree;
        let t: T = T::one();
        let mut powers = tape.vec_of([t]);
        let zero: [T; __N] = [<T as __rt::Scalar>::__from_f64(0.0); __N];
        let mut powers_tan = tape.vec_of([zero]);
        for k in 0..degree_2 {
            let t_3 = powers[k];
            let t_tan = powers_tan[k];
            let t_5 = t_3 * x_2;
            let t_9 = __rt::lanes::mul(t_tan, x_2);
            let t_10 = __rt::lanes::mul(x_tan_2, t_3);
            let t_tan_2 = __rt::lanes::add(t_9, t_10);
            ::std::vec::Vec::push(&mut powers, t_5);
            ::std::vec::Vec::push(&mut powers_tan, t_tan_2);
        }
        let mut sum: T = T::zero();
        let mut sum_tan: [T; __N] = [<T as __rt::Scalar>::__from_f64(0.0); __N];
        let t_6 = powers.len();
        for k_2 in 0..t_6 {
            let sum_2 = sum;
            let sum_tan_2 = sum_tan;
            let t_7 = powers[k_2];
            let t_tan_3 = powers_tan[k_2];
            let t_8 = sum_2 + t_7;
            let t_tan_4 = __rt::lanes::add(sum_tan_2, t_tan_3);
            sum = t_8;
            sum_tan = t_tan_4;
        }
        let sum_3 = sum;
        let sum_tan_3 = sum_tan;
        let __value: T = sum_3;
        let __tangent = sum_tan_3;
        (__value, __tangent)
    }
    #[doc(hidden)]
    #[inline(always)]
    pub fn __primal<T: ad_runtime::Float>(__arg_0: T, __arg_1: usize) -> T
    where
        T: ::ad_runtime::__private::Scalar,
    {
        polynomial::<T>(__arg_0, __arg_1)
    }
}
#[automatically_derived]
impl ::core::clone::Clone for polynomial {
    fn clone(&self) -> Self {
        Self {}
    }
}
#[automatically_derived]
impl ::ad_runtime::Differentiable for polynomial {
    type Tangent = ();
    fn zero_like(&self) {}
}
#[automatically_derived]
impl ::ad_runtime::__private::AllFinite for polynomial {
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
    T: ad_runtime::Float,
> ::ad_runtime::__private::Function2<
    T,
    ::ad_runtime::__private::Kept<T>,
    usize,
    ::ad_runtime::__private::Kept<()>,
    T,
    T,
> for polynomial
where
    T: ::ad_runtime::__private::Scalar,
{
    ::ad_runtime::__private::function_impl! {
        item polynomial, first, [__a_0 __M_0 __slot_0 __tan_0 __slot_tan_0 : T,
        ::ad_runtime::__private::Kept < T >; __a_1 __M_1 __slot_1 __tan_1 __slot_tan_1 :
        usize, ::ad_runtime::__private::Kept < () >;], T, T
    }
}
