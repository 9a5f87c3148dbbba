using System.Reflection;
using Fathom.Domain;
using Fathom.Engine.Decisions;

namespace Fathom.Strategies.CSharp;

/// <summary>Finds and makes the strategy in a user's assembly.</summary>
public static class StrategyClass
{
    private const BindingFlags AnyInstance = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    /// <summary>The class that derives from <see cref="Strategy"/> and can be made; with a name the one of that name.</summary>
    /// <param name="source">Where it comes from, for messages.</param>
    /// <param name="name">With or without its namespace; null where there is only one.</param>
    /// <exception cref="InputException">There is none, or more than one, or none of that name.</exception>
    public static Type Find(Assembly assembly, string source, string? name = null)
    {
        List<Type> found = [];
        List<string> abstracts = [];
        foreach (Type type in Types(assembly, source))
        {
            if (!type.IsSubclassOf(typeof(Strategy)) || (name is not null && type.Name != name && NameOf(type) != name)) continue;
            if (type.IsAbstract || type.ContainsGenericParameters) abstracts.Add(NameOf(type));
            else found.Add(type);
        }
        if (found.Count == 1) return found[0];
        string wanted = name is null ? "" : $" named {name}";
        if (found.Count > 1)
        {
            string names = string.Join(" and ", found.ConvertAll(NameOf));
            throw new InputException(source, $"the strategies {names}", $"one{wanted}", $"Say which: type = \"{NameOf(found[0])}\".");
        }
        if (abstracts.Count > 0)
            throw new InputException(source, $"only the abstract or generic {string.Join(" and ", abstracts)}", $"a class{wanted} that can be made", "Derive from it, or take 'abstract' away.");
        throw new InputException(source, $"no class{wanted} that derives from Strategy", $"one{wanted}", name is null ? "Write: public sealed class MyStrategy : Strategy." : "Correct type, or leave it out.");
    }

    /// <summary>Makes it by its parameterless constructor.</summary>
    /// <exception cref="InputException">It has none, or the constructor threw.</exception>
    public static Strategy Create(Type type, string source)
    {
        ConstructorInfo constructor = type.GetConstructor(AnyInstance, Type.EmptyTypes)
            ?? throw new InputException(source, $"the class {NameOf(type)} without a parameterless constructor", "one with it", "Make what it takes properties with [Parameter]; they are set before OnStart.");
        try
        {
            return (Strategy)constructor.Invoke(null);
        }
        catch (TargetInvocationException failure)
        {
            Exception cause = failure.InnerException is TypeInitializationException { InnerException: { } inner } ? inner : failure.InnerException!;
            throw new InputException(source, $"a constructor of {NameOf(type)} that failed with {cause.GetType().Name}: {cause.Message}", "a strategy that can be made",
                "Do there only what needs no parameters; OnStart sees them.");
        }
    }

    /// <summary>Why a compiled assembly does not fit this program, in one line; null when it fits.</summary>
    /// <remarks>Compiled against another Fathom, an override of a callback that is gone would be a method of its own that nobody ever calls.</remarks>
    public static string? Misfit(Assembly assembly, string source)
    {
        foreach (Type type in Types(assembly, source))
        {
            if (!type.IsSubclassOf(typeof(Strategy))) continue;
            foreach (MethodInfo method in type.GetMethods(AnyInstance | BindingFlags.DeclaredOnly))
            {
                bool isOverride = method.IsVirtual && (method.Attributes & MethodAttributes.NewSlot) == 0;
                if (isOverride && method.GetBaseDefinition() == method) return $"{NameOf(type)}.{method.Name} overrides a callback that does not exist here with these parameters";
            }
        }
        return null;
    }

    private static Type[] Types(Assembly assembly, string source)
    {
        try
        {
            return assembly.GetTypes();
        }
        catch (ReflectionTypeLoadException broken)
        {
            throw new InputException(source, $"a type that cannot be loaded ({broken.LoaderExceptions[0]?.Message})", "an assembly built against this Fathom", "Build it again against the Fathom*.dll files beside this program.");
        }
    }

    private static string NameOf(Type type) => type.FullName!.Replace('+', '.');
}
