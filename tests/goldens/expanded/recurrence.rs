/// Elements that are overwritten although the reverse sweep reads them again.
pub fn recurrence(x: f64, n: usize) -> f64 {
    let mut a = [x, 1.0];
    for i in 0..n {
        a[i % 2] = a[0] * a[1];
    }
    a[0]
}
/// Derivatives of [`recurrence`](fn@recurrence).
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
pub struct recurrence {}
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
impl recurrence {
    /// The sites of `recurrence`: where an active value decides. They are listed above.
    pub const SITES: &'static [::ad_runtime::Site] = &[];
    /// The value of `recurrence` and its gradient, by reverse mode.
    #[inline]
    #[track_caller]
    pub fn grad(x: f64, n: usize) -> (f64, f64) {
        Self::__owned(
            &mut ::ad_runtime::__private::Tape::new(),
            <::ad_runtime::__private::Select<
                ::ad_runtime::__private::MinNorm,
                ::ad_runtime::__private::Off,
            > as ::core::default::Default>::default(),
            x,
            n,
            &1.0,
        )
    }
    /// As [`grad`](Self::grad), with another rule at ties for this one call.
    #[inline]
    #[track_caller]
    pub fn grad_with<__R: ::ad_runtime::__private::Rule>(
        x: f64,
        n: usize,
    ) -> (f64, f64) {
        Self::__owned(
            &mut ::ad_runtime::__private::Tape::new(),
            <::ad_runtime::__private::Select<
                __R,
                ::ad_runtime::__private::Off,
            > as ::core::default::Default>::default(),
            x,
            n,
            &1.0,
        )
    }
    /// As [`grad`](Self::grad), with the selections of the same run and its verdict.
    #[inline]
    #[track_caller]
    pub fn grad_trace(x: f64, n: usize) -> (f64, f64, ::ad_runtime::Trace) {
        let mut tape = ::ad_runtime::__private::Tape::new();
        let (value, __adjoints) = Self::__owned(
            &mut tape,
            <::ad_runtime::__private::Select<
                ::ad_runtime::__private::MinNorm,
                ::ad_runtime::__private::Recording,
            > as ::core::default::Default>::default(),
            x,
            n,
            &1.0,
        );
        let __finite = ::ad_runtime::__private::all_finite(&value)
            && ::ad_runtime::__private::all_finite(&__adjoints);
        (value, __adjoints, ::ad_runtime::__private::finish_trace(&mut tape, __finite))
    }
    /// As [`grad`](Self::grad), with the number of selections and of ties of the same run.
    #[inline]
    #[track_caller]
    pub fn grad_ties(x: f64, n: usize) -> (f64, f64, ::ad_runtime::Ties) {
        let mut tape = ::ad_runtime::__private::Tape::new();
        let (value, __adjoints) = Self::__owned(
            &mut tape,
            <::ad_runtime::__private::Select<
                ::ad_runtime::__private::MinNorm,
                ::ad_runtime::__private::Count,
            > as ::core::default::Default>::default(),
            x,
            n,
            &1.0,
        );
        let __finite = ::ad_runtime::__private::all_finite(&value)
            && ::ad_runtime::__private::all_finite(&__adjoints);
        (value, __adjoints, ::ad_runtime::__private::finish_ties(&mut tape, __finite))
    }
    /// The value and the cotangents of `x`, by reverse mode, for the cotangent `seed` of the result.
    #[inline]
    #[track_caller]
    pub fn vjp(x: f64, n: usize, seed: f64) -> (f64, f64) {
        Self::__owned(
            &mut ::ad_runtime::__private::Tape::new(),
            <::ad_runtime::__private::Select<
                ::ad_runtime::__private::MinNorm,
                ::ad_runtime::__private::Off,
            > as ::core::default::Default>::default(),
            x,
            n,
            &seed,
        )
    }
    /// As [`vjp`](Self::vjp), with another rule at ties for this one call.
    #[inline]
    #[track_caller]
    pub fn vjp_with<__R: ::ad_runtime::__private::Rule>(
        x: f64,
        n: usize,
        seed: f64,
    ) -> (f64, f64) {
        Self::__owned(
            &mut ::ad_runtime::__private::Tape::new(),
            <::ad_runtime::__private::Select<
                __R,
                ::ad_runtime::__private::Off,
            > as ::core::default::Default>::default(),
            x,
            n,
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
        n: usize,
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
            n,
            &seed,
        )
    }
    /// Forward mode: what `recurrence` returns, and its tangent, for tangents of its arguments.
    #[inline]
    #[track_caller]
    pub fn jvp(x: f64, x_tan: f64, n: usize) -> (f64, f64) {
        Self::__tan(
            &mut ::ad_runtime::__private::Tape::new(),
            <::ad_runtime::__private::Select<
                ::ad_runtime::__private::MinNorm,
                ::ad_runtime::__private::Off,
            > as ::core::default::Default>::default(),
            (::ad_runtime::__private::Active, ::ad_runtime::__private::Inactive),
            x,
            &x_tan,
            n,
            ::ad_runtime::__private::Hold::new().shared(),
        )
    }
    /// As [`jvp`](Self::jvp), with another rule at ties for this one call.
    #[inline]
    #[track_caller]
    pub fn jvp_with<__R: ::ad_runtime::__private::Rule>(
        x: f64,
        x_tan: f64,
        n: usize,
    ) -> (f64, f64) {
        Self::__tan(
            &mut ::ad_runtime::__private::Tape::new(),
            <::ad_runtime::__private::Select<
                __R,
                ::ad_runtime::__private::Off,
            > as ::core::default::Default>::default(),
            (::ad_runtime::__private::Active, ::ad_runtime::__private::Inactive),
            x,
            &x_tan,
            n,
            ::ad_runtime::__private::Hold::new().shared(),
        )
    }
    /// As [`jvp`](Self::jvp), with several tangents of each argument at once, the lanes innermost: `[f64; N]` for a float.
    #[inline]
    #[track_caller]
    pub fn jvp_lanes<const __N: usize>(
        x: f64,
        x_tan: [f64; __N],
        n: usize,
    ) -> (f64, [f64; __N]) {
        const { ::core::assert!(__N > 0, "`jvp_lanes` has at least one lane") };
        Self::__lanes(
            &mut ::ad_runtime::__private::Tape::new(),
            <::ad_runtime::__private::Select<
                ::ad_runtime::__private::MinNorm,
                ::ad_runtime::__private::Off,
            > as ::core::default::Default>::default(),
            ::ad_runtime::__private::lanes::Width::<__N>,
            (::ad_runtime::__private::Active, ::ad_runtime::__private::Inactive),
            x,
            &x_tan,
            n,
            ::ad_runtime::__private::Hold::new().shared(),
        )
    }
    /// The generators of the conservative field of `recurrence` at the point: the gradients of all pieces that meet there.
    #[inline]
    #[track_caller]
    pub fn field(
        x: f64,
        n: usize,
        options: &::ad_runtime::FieldOptions,
    ) -> ::core::result::Result<::ad_runtime::Field<f64>, ::ad_runtime::FieldError> {
        Self::__point(
            &x,
            &n,
            |program| ::ad_runtime::__private::field::field(program, options),
        )
    }
    /// The value of `recurrence` and a limiting gradient, that of the piece in a direction from the point.
    #[inline]
    #[track_caller]
    pub fn limiting(
        x: f64,
        n: usize,
        direction: &::ad_runtime::Direction<f64>,
    ) -> ::core::result::Result<(f64, f64), ::ad_runtime::LimitingError> {
        Self::__point(
            &x,
            &n,
            |program| ::ad_runtime::__private::field::limiting(program, direction),
        )
    }
    /// The strongest statement that can be made about [`grad`](Self::grad) at the point.
    #[inline]
    #[track_caller]
    pub fn certify(x: f64, n: usize) -> ::ad_runtime::Certificate {
        Self::__point(&x, &n, |program| ::ad_runtime::__private::field::certify(program))
    }
    /// The step along a direction to the next change of selection, to first order.
    #[inline]
    #[track_caller]
    pub fn step(
        x: f64,
        n: usize,
        direction: &::ad_runtime::Direction<f64>,
    ) -> ::ad_runtime::Step {
        Self::__point(
            &x,
            &n,
            |program| ::ad_runtime::__private::field::step(program, direction),
        )
    }
    /// Runs `recurrence` and records its selections. The verdict assumes that the sides of tied branches agree at the tie.
    #[inline]
    #[track_caller]
    pub fn trace(x: f64, n: usize) -> (f64, ::ad_runtime::Trace) {
        let mut tape = ::ad_runtime::__private::Tape::new();
        tape.begin();
        let value = Self::__adj(
            &mut tape,
            <::ad_runtime::__private::Select<
                ::ad_runtime::__private::MinNorm,
                ::ad_runtime::__private::Recording,
            > as ::core::default::Default>::default(),
            ::ad_runtime::__private::Primal,
            (::ad_runtime::__private::Active, ::ad_runtime::__private::Inactive),
            x,
            ::ad_runtime::__private::Hold::new().slot(),
            n,
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
        n: usize,
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
            (::ad_runtime::__private::Active, ::ad_runtime::__private::Inactive),
            x,
            ::ad_runtime::__private::Hold::new().slot(),
            n,
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
        n: usize,
        seed: &f64,
    ) -> f64 {
        tape.begin();
        Self::__adj(
            tape,
            __sel,
            ::ad_runtime::__private::Outer,
            (::ad_runtime::__private::Active, ::ad_runtime::__private::Inactive),
            x,
            x_adj,
            n,
            ::ad_runtime::__private::Hold::new().slot(),
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
        n: usize,
        seed: &f64,
    ) -> (f64, f64) {
        let mut x_adj = ::ad_runtime::__private::zero_like(&x);
        let __value = Self::__outer(tape, __sel, x, &mut x_adj, n, seed);
        (__value, x_adj)
    }
    #[doc(hidden)]
    fn __point<__Out>(
        x: &f64,
        n: &usize,
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
            ::core::clone::Clone::clone(n),
            &1.0,
        );
        let mut run = |
            tape: &mut ::ad_runtime::__private::Tape,
            __tan_0: &f64,
            moved: ::core::option::Option<(&f64, f64)>|
        {
            let mut x = ::core::clone::Clone::clone(x);
            let mut n = ::core::clone::Clone::clone(n);
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
                    (::ad_runtime::__private::Active, ::ad_runtime::__private::Inactive),
                    x,
                    __tan_0,
                    n,
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
    pub fn __fwd(
        __tape: &mut ::ad_runtime::__private::Tape,
        __sel: impl ::ad_runtime::__private::Selector,
        __act: (
            impl ::ad_runtime::__private::Activity,
            impl ::ad_runtime::__private::Activity,
        ),
        __arg_0: f64,
        __arg_1: usize,
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
        __arg_1: usize,
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
        __arg_1: usize,
        __slot_1: &mut (),
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
        __arg_1: usize,
        __slot_1: &mut (),
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
        __arg_1: usize,
        __slot_1: &(),
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
        __arg_1: usize,
        __slot_1: &(),
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
        n: usize,
        __slot_1: &mut (),
        seed: &f64,
    ) -> <__P as ::ad_runtime::__private::Phase>::Out<f64> {
        use ::ad_runtime::__private as __rt;
        use ::ad_runtime::__private::traits::*;
        let __type_of_old_20 = __rt::witness();
        let (__value, (mut a,)) = if __P::FWD {
            let x_2 = x;
            let n_2 = n;
            let mut a = [x_2, 1.0];
            let __range_i = 0..n_2;
            let __n_i = __rt::trips(&__range_i);
            let mut __column_0_i = if __P::TAPE {
                __type_of_old_20.column(tape, __n_i)
            } else {
                ::std::vec::Vec::new()
            };
            {
                let __column_0_i = if __P::TAPE {
                    &mut __column_0_i[..__n_i]
                } else {
                    &mut [][..]
                };
                for i in __range_i {
                    let __row_i = i;
                    let t_3 = a[0];
                    let t_4 = a[1];
                    let t_5 = t_3 * t_4;
                    let t_6: usize = i % 2;
                    let old = a[t_6];
                    a[t_6] = t_5;
                    if __P::TAPE {
                        __type_of_old_20.set(__column_0_i, __row_i, old);
                    }
                }
            }
            if __P::TAPE {
                __type_of_old_20.keep(__column_0_i, tape);
            }
            let t_7 = a[0];
            let __value: f64 = t_7;
            if !__P::REV {
                if __P::TAPE {
                    __rt::Record::push((a,), tape);
                }
                return __P::out(::core::option::Option::Some(__value));
            }
            (::core::option::Option::Some(__value), (a,))
        } else {
            (::core::option::Option::None, __rt::Record::pop(tape))
        };
        let t_adj_2 = *seed;
        let mut a_adj: [f64; _] = __rt::zero_in(&a, tape);
        a_adj[0] += t_adj_2;
        let n_2 = n;
        let __range_i = 0..n_2;
        let __n_i = __rt::trips(&__range_i);
        let __column_0_i = __type_of_old_20.restore(tape);
        {
            let __column_0_i = &__column_0_i[..__n_i];
            for i in __range_i.rev() {
                let __row_i = i;
                let old = __type_of_old_20.get(__column_0_i, __row_i);
                let t_6: usize = i % 2;
                a[t_6] = old;
                let t_adj_3 = ::core::mem::take(&mut a_adj[t_6]);
                let t_3 = a[0];
                let t_4 = a[1];
                let t_adj_5 = t_adj_3 * t_4;
                let t_adj_7 = t_3 * t_adj_3;
                a_adj[1] += t_adj_7;
                a_adj[0] += t_adj_5;
            }
        }
        __type_of_old_20.recycle(__column_0_i, tape);
        let x_adj_2 = a_adj[0];
        *x_adj += x_adj_2;
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
        n: usize,
        __slot_1: &(),
    ) -> (f64, f64) {
        use ::ad_runtime::__private as __rt;
        use ::ad_runtime::__private::traits::*;
        let x_2 = x;
        let x_tan_2 = *x_tan;
        let n_2 = n;
        let mut a = [x_2, 1.0];
        let zero = 0.0;
        let mut a_tan = [x_tan_2, zero];
        for i in 0..n_2 {
            let t_3 = a[0];
            let t_tan = a_tan[0];
            let t_4 = a[1];
            let t_tan_2 = a_tan[1];
            let t_5 = t_3 * t_4;
            let t_8 = t_tan * t_4;
            let t_9 = t_3 * t_tan_2;
            let t_tan_3 = t_8 + t_9;
            let t_6: usize = i % 2;
            a[t_6] = t_5;
            a_tan[t_6] = t_tan_3;
        }
        let t_7 = a[0];
        let t_tan_4 = a_tan[0];
        let __value: f64 = t_7;
        let __tangent = t_tan_4;
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
        n: usize,
        __slot_1: &(),
    ) -> (f64, [f64; __N]) {
        use ::ad_runtime::__private as __rt;
        use ::ad_runtime::__private::traits::*;
        let x_2 = x;
        let x_tan_2 = *x_tan;
        let n_2 = n;
        let mut a = [x_2, 1.0];
        let zero: [_; __N] = [0.0; __N];
        let mut a_tan = [x_tan_2, zero];
        for i in 0..n_2 {
            let t_3 = a[0];
            let t_tan = a_tan[0];
            let t_4 = a[1];
            let t_tan_2 = a_tan[1];
            let t_5 = t_3 * t_4;
            let t_8 = __rt::lanes::mul(t_tan, t_4);
            let t_9 = __rt::lanes::mul(t_tan_2, t_3);
            let t_tan_3 = __rt::lanes::add(t_8, t_9);
            let t_6: usize = i % 2;
            a[t_6] = t_5;
            a_tan[t_6] = t_tan_3;
        }
        let t_7 = a[0];
        let t_tan_4 = a_tan[0];
        let __value: f64 = t_7;
        let __tangent = t_tan_4;
        (__value, __tangent)
    }
    #[doc(hidden)]
    #[inline(always)]
    pub fn __primal(__arg_0: f64, __arg_1: usize) -> f64 {
        recurrence(__arg_0, __arg_1)
    }
}
#[automatically_derived]
impl ::core::clone::Clone for recurrence {
    fn clone(&self) -> Self {
        Self {}
    }
}
#[automatically_derived]
impl ::ad_runtime::Differentiable for recurrence {
    type Tangent = ();
    fn zero_like(&self) {}
}
#[automatically_derived]
impl ::ad_runtime::__private::AllFinite for recurrence {
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
    usize,
    ::ad_runtime::__private::Kept<()>,
    f64,
    f64,
> for recurrence {
    ::ad_runtime::__private::function_impl! {
        item recurrence, first, [__a_0 __M_0 __slot_0 __tan_0 __slot_tan_0 : f64,
        ::ad_runtime::__private::Kept < f64 >; __a_1 __M_1 __slot_1 __tan_1 __slot_tan_1
        : usize, ::ad_runtime::__private::Kept < () >;], f64, f64
    }
}
