package dev.virga.component.runtime;

import dev.virga.component.type.ComponentType;
import dev.virga.component.type.DefType;
import dev.virga.component.type.ExternDesc;
import dev.virga.component.type.FunctionType;
import dev.virga.component.type.InstanceType;
import dev.virga.component.type.ResourceType;
import dev.virga.component.type.ValueType;
import dev.virga.engine.ExternType;
import dev.virga.engine.ModuleType;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Whether what is offered can stand for what is wanted (Explainer, "Type Checking"). The first
 * resource type offered for an abstract one is bound to it; from then on only the same will do.
 */
final class TypeMatcher {

    private final Substitution bound;
    private final List<String> problems = new ArrayList<>();

    /** Pairs found to be the same: parts that types share are compared once. */
    private final Map<ValueType, ValueType> known = new IdentityHashMap<>();

    TypeMatcher(Substitution bound) {
        this.bound = bound;
    }

    /** What does not fit, each with the path to it. */
    List<String> problems() {
        return problems;
    }

    void match(String path, ExternDesc offered, ExternDesc wanted) {
        switch (wanted) {
            case ExternDesc.Func(FunctionType want) when offered instanceof ExternDesc.Func(FunctionType offer) -> {
                if (!same(offer, want)) {
                    problem(path, "wants " + TypeText.of(want) + ", but what is offered is " + TypeText.of(offer));
                }
            }
            case ExternDesc.Instance(InstanceType want)
                    when offered instanceof ExternDesc.Instance(InstanceType offer) ->
                exports(path, offer.exports(), want.exports());
            case ExternDesc.Type(ResourceType want)
                    when offered instanceof ExternDesc.Type(ResourceType offer) -> {
                if (!bound.binds(want)) {
                    bound.bind(want, bound.apply(offer));
                } else if (!same(offer, want)) {
                    problem(path, "mismatched resource types: another resource type took this place before");
                }
            }
            case ExternDesc.Type(DefType want) when offered instanceof ExternDesc.Type(DefType offer) -> {
                if (want instanceof ResourceType || offer instanceof ResourceType) {
                    kinds(path, offered, wanted);
                } else if (want instanceof ValueType w && offer instanceof ValueType o && !same(o, w)) {
                    problem(path, "wants the type " + TypeText.of(w) + ", but what is offered is " + TypeText.of(o));
                }
            }
            case ExternDesc.CoreModule(ModuleType want)
                    when offered instanceof ExternDesc.CoreModule(ModuleType offer) ->
                module(path, offer, want);
            case ExternDesc.Component(ComponentType want)
                    when offered instanceof ExternDesc.Component(ComponentType offer) -> {
                exports(path, want.imports(), offer.imports());
                exports(path, offer.exports(), want.exports());
            }
            default -> kinds(path, offered, wanted);
        }
    }

    private void kinds(String path, ExternDesc offered, ExternDesc wanted) {
        problem(path, "expected " + TypeText.kind(wanted) + " found " + TypeText.kind(offered));
    }

    private void exports(String path, Map<String, ExternDesc> offered, Map<String, ExternDesc> wanted) {
        wanted.forEach((name, type) -> {
            Optional<ExternDesc> offer = Names.find(offered, name);
            String inner = path + " \"" + name + "\"";
            if (offer.isPresent()) {
                match(inner, offer.get(), type);
            } else if (!(type instanceof ExternDesc.Type(DefType def)) || bound.isAbstract(def)) {
                // a type that equals a known one need not be offered
                problem(inner, TypeText.kind(type) + " is missing"
                        + Names.nearest(offered.keySet(), name).map(n -> "; there is \"" + n + "\"").orElse(""));
            }
        });
    }

    private void module(String path, ModuleType offered, ModuleType wanted) {
        for (ModuleType.Import need : offered.imports()) {
            String inner = path + " import " + need.module() + "::" + need.name();
            wanted.imports().stream()
                    .filter(i -> i.module().equals(need.module()) && i.name().equals(need.name()))
                    .findFirst()
                    .ifPresentOrElse(
                            i -> core(inner, i.type(), need.type()),
                            () -> problem(inner, "is needed by the module that is offered, but not given to it"));
        }
        for (ModuleType.Export export : wanted.exports()) {
            String inner = path + " export \"" + export.name() + "\"";
            OptionalInt index = offered.exportIndex(export.name());
            if (index.isPresent()) {
                core(inner, offered.exports().get(index.getAsInt()).type(), export.type());
            } else {
                problem(inner, "is missing");
            }
        }
    }

    private void core(String path, ExternType offered, ExternType wanted) {
        boolean fits = switch (wanted) {
            case ExternType.Memory(var want) when offered instanceof ExternType.Memory(var offer) ->
                offer.shared() == want.shared() && offer.limits().matches(want.limits());
            case ExternType.Table(var want) when offered instanceof ExternType.Table(var offer) ->
                offer.element().equals(want.element()) && offer.limits().matches(want.limits());
            default -> offered.equals(wanted);
        };
        if (!fits) {
            problem(path, "wants " + wanted + ", but what is offered is " + offered);
        }
    }

    private boolean same(FunctionType a, FunctionType b) {
        if (a.async() != b.async() || a.params().size() != b.params().size()) {
            return false;
        }
        for (int i = 0; i < a.params().size(); i++) {
            // names of parameters are for readers: a host may have others
            if (!same(a.params().get(i).type(), b.params().get(i).type())) {
                return false;
            }
        }
        return same(a.result(), b.result());
    }

    private boolean same(Optional<ValueType> a, Optional<ValueType> b) {
        return a.isPresent() == b.isPresent() && (a.isEmpty() || same(a.get(), b.get()));
    }

    private boolean same(ResourceType a, ResourceType b) {
        return bound.apply(a).equals(bound.apply(b));
    }

    /** Whether the types are equal. */
    boolean same(ValueType a, ValueType b) {
        if (known.get(a) == b) {
            return true;
        }
        boolean same = compare(a, b);
        if (same) {
            known.put(a, b);
        }
        return same;
    }

    private boolean compare(ValueType a, ValueType b) {
        return switch (a) {
            case ValueType.Primitive _, ValueType.Flags _, ValueType.Enum _ -> a.equals(b);
            case ValueType.Record(var x) -> b instanceof ValueType.Record(var y) && sameFields(x, y);
            case ValueType.Variant(var x) -> b instanceof ValueType.Variant(var y) && sameCases(x, y);
            case ValueType.ListOf(var x) -> b instanceof ValueType.ListOf(var y) && same(x, y);
            case ValueType.FixedList(var x, int n) ->
                b instanceof ValueType.FixedList(var y, int m) && n == m && same(x, y);
            case ValueType.MapOf(var k, var v) ->
                b instanceof ValueType.MapOf(var l, var w) && same(k, l) && same(v, w);
            case ValueType.Tuple(var x) -> b instanceof ValueType.Tuple(var y) && sameAll(x, y);
            case ValueType.Option(var x) -> b instanceof ValueType.Option(var y) && same(x, y);
            case ValueType.Result(var ok, var error) ->
                b instanceof ValueType.Result(var o, var e) && same(ok, o) && same(error, e);
            case ValueType.Own(ResourceType x) -> b instanceof ValueType.Own(ResourceType y) && same(x, y);
            case ValueType.Borrow(ResourceType x) -> b instanceof ValueType.Borrow(ResourceType y) && same(x, y);
            case ValueType.Stream(var x) -> b instanceof ValueType.Stream(var y) && same(x, y);
            case ValueType.Future(var x) -> b instanceof ValueType.Future(var y) && same(x, y);
        };
    }

    private boolean sameFields(List<ValueType.Field> a, List<ValueType.Field> b) {
        return a.stream().map(ValueType.Field::name).toList().equals(b.stream().map(ValueType.Field::name).toList())
                && sameAll(
                        a.stream().map(ValueType.Field::type).toList(),
                        b.stream().map(ValueType.Field::type).toList());
    }

    private boolean sameCases(List<ValueType.Case> a, List<ValueType.Case> b) {
        if (a.size() != b.size()) {
            return false;
        }
        for (int i = 0; i < a.size(); i++) {
            if (!a.get(i).name().equals(b.get(i).name()) || !same(a.get(i).type(), b.get(i).type())) {
                return false;
            }
        }
        return true;
    }

    private boolean sameAll(List<ValueType> a, List<ValueType> b) {
        if (a.size() != b.size()) {
            return false;
        }
        for (int i = 0; i < a.size(); i++) {
            if (!same(a.get(i), b.get(i))) {
                return false;
            }
        }
        return true;
    }

    private void problem(String path, String what) {
        problems.add(path + ": " + what);
    }
}
