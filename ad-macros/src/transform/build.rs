//! Small constructors that the transforms share.

use proc_macro2::Span;

use crate::ir::{
    BinOp, Block, For, Op, Operand, Passing, Payload, Place, Proj, Rows, Stmt, StmtKind, Ty, Var,
    VarInfo, VarKind,
};

/// The variables of a program while a transform adds to them.
pub struct Vars(pub Vec<VarInfo>);

impl Vars {
    pub fn fresh(&mut self, name: &str, kind: VarKind, ty: Ty, span: Span) -> Var {
        let var = Var(u32::try_from(self.0.len()).expect("fewer than 2^32 variables"));
        self.0.push(VarInfo {
            name: name.to_owned(),
            kind,
            ty,
            span,
            on_tape: None,
            function: None,
            by_reference: [false; 2],
        });
        var
    }

    pub fn info(&self, var: Var) -> &VarInfo {
        &self.0[var.0 as usize]
    }

    pub fn ty(&self, operand: &Operand) -> Ty {
        match operand {
            Operand::Var(v) => self.info(*v).ty.clone(),
            Operand::Lit(syn::Lit::Float(_)) => Ty::Float(None),
            Operand::Lit(syn::Lit::Int(_)) => Ty::Int(None),
            Operand::Lit(syn::Lit::Bool(_)) => Ty::Bool,
            Operand::Lit(_) | Operand::Const(_) => Ty::Unknown,
        }
    }

    /// The type of the value in a place, as far as tokens tell.
    pub fn place_ty(&self, place: &Place) -> Ty {
        let mut ty = self.info(place.root).ty.clone();
        for proj in &place.proj {
            ty = match (proj, ty) {
                (Proj::Index(_), Ty::Array(t) | Ty::Slice(t) | Ty::Vec(t)) => *t,
                (Proj::Range { .. }, Ty::Array(t) | Ty::Slice(t) | Ty::Vec(t)) => Ty::Slice(t),
                (Proj::Range { .. }, Ty::Unknown) => Ty::Slice(Box::new(Ty::Unknown)),
                (Proj::Field(syn::Member::Unnamed(k)), Ty::Tuple(ts)) => {
                    ts.get(k.index as usize).cloned().unwrap_or(Ty::Unknown)
                }
                (Proj::Content(_), Ty::Option(t) | Ty::Result(t)) => *t,
                _ => Ty::Unknown,
            };
        }
        ty
    }
}

/// The type of the tangent of a value.
pub fn tangent_ty(ty: &Ty) -> Ty {
    match ty {
        Ty::Int(_) | Ty::Bool | Ty::Unit => Ty::Unit,
        Ty::Float(_) | Ty::Unknown => ty.clone(),
        Ty::Array(t) => Ty::Array(Box::new(tangent_ty(t))),
        Ty::Slice(t) => Ty::Slice(Box::new(tangent_ty(t))),
        Ty::Vec(t) => Ty::Vec(Box::new(tangent_ty(t))),
        Ty::Tuple(ts) => Ty::Tuple(ts.iter().map(tangent_ty).collect()),
        Ty::Option(t) | Ty::Result(t) => Ty::Option(Box::new(tangent_ty(t))),
    }
}

/// Whether a cotangent or tangent slot of this shape is an empty slice where
/// the parameter is inactive, so that it must not be indexed there.
pub fn slot_may_be_empty(vars: &Vars, root: Var) -> bool {
    let info = vars.info(root);
    matches!(info.kind, VarKind::Slot { .. }) && !matches!(info.ty, Ty::Float(_) | Ty::Array(_))
}

pub fn root(var: Var) -> Place {
    Place {
        root: var,
        proj: Vec::new(),
    }
}

pub fn index(place: &Place, i: Operand) -> Place {
    project(place, Proj::Index(i))
}

pub fn field(place: &Place, k: usize) -> Place {
    project(place, Proj::Field(syn::Member::from(k)))
}

fn project(place: &Place, proj: Proj) -> Place {
    let mut place = place.clone();
    place.proj.push(proj);
    place
}

/// The place in the tangent `root` of a place's memory: the tangent of what a
/// pointer points to is that of the pointer.
pub fn at(place: &Place, root: Var) -> Place {
    let proj = place.proj.iter().filter_map(|proj| match proj {
        Proj::Deref => None,
        Proj::Element(element) => Some(Proj::Key(element.key.clone())),
        Proj::Payload(payload) => Some(Proj::Payload(Box::new(Payload {
            of_tangent: true,
            ..(**payload).clone()
        }))),
        proj => Some(proj.clone()),
    });
    Place {
        root,
        proj: proj.collect(),
    }
}

/// A place with more projections.
pub fn part(place: &Place, proj: Proj) -> Place {
    project(place, proj)
}

pub fn int(n: usize) -> Operand {
    Operand::Lit(syn::Lit::Int(syn::LitInt::new(
        &n.to_string(),
        Span::call_site(),
    )))
}

/// Statements in the making, all with the span of the user's statement.
pub struct Code<'a> {
    pub vars: &'a mut Vars,
    pub stmts: Vec<Stmt>,
    pub span: Span,
}

impl<'a> Code<'a> {
    pub fn new(vars: &'a mut Vars, span: Span) -> Self {
        Code {
            vars,
            stmts: Vec::new(),
            span,
        }
    }

    pub fn stmt(&mut self, kind: StmtKind) {
        self.stmts.push(Stmt {
            kind,
            span: self.span,
        });
    }

    /// Binds a new temporary.
    pub fn bind(&mut self, name: &str, ty: Ty, op: Op) -> Operand {
        let var = self.vars.fresh(name, VarKind::Temp, ty, self.span);
        self.stmt(StmtKind::Let(var, op));
        Operand::Var(var)
    }

    pub fn binary(&mut self, op: BinOp, a: Operand, b: Operand) -> Operand {
        let ty = match self.vars.ty(&a) {
            Ty::Float(None) | Ty::Unknown => self.vars.ty(&b),
            ty => ty,
        };
        self.bind("t", ty, Op::Binary(op, a, b))
    }

    pub fn read(&mut self, place: Place) -> Operand {
        let ty = self.vars.place_ty(&place);
        self.bind("t", ty, Op::Read(place))
    }

    /// Statements for every element of a place with a length; the loop runs over
    /// the length of `shape`.
    pub fn for_each(&mut self, shape: &Place, body: impl FnOnce(&mut Code<'_>, Operand)) {
        let n = self.bind(
            "n",
            Ty::Int(Some(usize_ident(self.span))),
            Op::Len(shape.clone()),
        );
        self.count(n, body);
    }

    /// Statements for every number below `n`.
    pub fn count(&mut self, n: Operand, body: impl FnOnce(&mut Code<'_>, Operand)) {
        let usize_ty = Ty::Int(Some(usize_ident(self.span)));
        let k = self.vars.fresh("k", VarKind::Temp, usize_ty, self.span);
        let mut inner = Code::new(self.vars, self.span);
        body(&mut inner, Operand::Var(k));
        let stmts = inner.stmts;
        self.stmt(StmtKind::For(Box::new(For {
            label: None,
            index: k,
            lo: int(0),
            hi: n,
            inclusive: false,
            descending: false,
            user_descending: false,
            body: Block(stmts),
            checkpoint: None,
            parallel: false,
            rows: Vec::new(),
            rows_are: Rows::Written,
            windows: Vec::new(),
        })));
    }

    /// `to += from`, for values of one shape; slices and vectors by element.
    pub fn add_place(&mut self, to: &Place, from: &Place) {
        let by_element = |place| matches!(self.vars.place_ty(place), Ty::Slice(_) | Ty::Vec(_));
        // `to_vec()` of an array: the cotangent of the vector goes to the array's.
        if by_element(to) || by_element(from) {
            self.for_each(from, |code, k| {
                let value = code.read(index(from, k.clone()));
                code.stmt(StmtKind::Update {
                    place: index(to, k),
                    negate: false,
                    value,
                });
            });
        } else {
            let value = self.read(from.clone());
            self.stmt(StmtKind::Update {
                place: to.clone(),
                negate: false,
                value,
            });
        }
    }
}

pub fn usize_ident(span: Span) -> proc_macro2::Ident {
    proc_macro2::Ident::new("usize", span)
}

/// Whether only rustc knows the width of a float, or whether it is one.
pub fn is_open(ty: &Ty) -> bool {
    matches!(ty, Ty::Unknown | Ty::Float(None))
}

/// The kind of the cotangent or tangent variable of a variable.
pub fn companion_kind(kind: &VarKind, in_wrt: bool) -> VarKind {
    match *kind {
        VarKind::Param { index, passing } if in_wrt => VarKind::Slot { index, of: passing },
        VarKind::Slot { index, of } => VarKind::Slot { index, of },
        VarKind::Param {
            passing: Passing::Value | Passing::Ref | Passing::RefMut,
            ..
        }
        | VarKind::Memory
        | VarKind::Window => VarKind::Memory,
        VarKind::Temp => VarKind::Temp,
    }
}
