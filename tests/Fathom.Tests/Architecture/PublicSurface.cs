using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Fathom.Tests.Architecture;

/// <summary>What an assembly shows to those who write against it, as text: a line for each public type, below it a line for each member, all in ordinal order.</summary>
internal static class PublicSurface
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    public static string Of(Assembly assembly) =>
        string.Concat(Types(assembly).OrderBy(type => type.FullName, StringComparer.Ordinal).Select(type => string.Concat(Members(type).Order(StringComparer.Ordinal).Select(member => $"    {member}\n").Prepend($"{Head(type)}\n"))));

    public static IEnumerable<Type> Types(Assembly assembly) => assembly.GetExportedTypes();

    /// <summary>Methods and constructors that somebody wrote for others: none of a record, a property, an event, a delegate or an enum.</summary>
    public static IEnumerable<MethodBase> Methods(Type type) => type.IsEnum || type.IsSubclassOf(typeof(Delegate)) ? [] :
        type.GetMethods(Declared).Where(method => IsShown(method) && !IsGenerated(method) && !IsAccessor(method)).Concat<MethodBase>(type.GetConstructors(Declared).Where(maker => IsShown(maker) && !IsGenerated(maker)));

    private static IEnumerable<string> Members(Type type)
    {
        if (type.IsEnum) return type.GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => $"{field.Name} = {Convert.ToInt64(field.GetRawConstantValue(), CultureInfo.InvariantCulture)}");
        if (type.IsSubclassOf(typeof(Delegate))) return [Signature(type.GetMethod("Invoke")!)];
        return Methods(type).Select(Signature)
            .Concat(type.GetFields(Declared).Where(field => field.IsPublic || field.IsFamily).Select(FieldLine))
            .Concat(type.GetProperties(Declared).Where(property => property.GetAccessors(nonPublic: true).Any(IsShown) && property.Name != "EqualityContract").Select(PropertyLine));
    }

    private static string Head(Type type)
    {
        string kind = type.IsInterface ? "interface" : type.IsEnum ? $"enum : {Name(Enum.GetUnderlyingType(type))}" : type.IsValueType ? "struct" : type.IsSubclassOf(typeof(Delegate)) ? "delegate" : "class";
        string manner = type is { IsAbstract: true, IsSealed: true } ? "static " : type is { IsAbstract: true, IsInterface: false } ? "abstract " : type is { IsSealed: true, IsClass: true } ? "sealed " : "";
        string parents = string.Join(", ", type.GetInterfaces().Where(face => face.Namespace!.StartsWith("Fathom", StringComparison.Ordinal)).Concat(type.BaseType is { Namespace: { } space } parent && space.StartsWith("Fathom", StringComparison.Ordinal) ? [parent] : [])
            .Select(Name).Order(StringComparer.Ordinal));
        return $"{type.Namespace}.{Name(type)} ({manner}{kind}){(parents.Length > 0 && !type.IsEnum ? $" : {parents}" : "")}";
    }

    private static string FieldLine(FieldInfo field) =>
        field.IsLiteral ? $"const {Name(field.FieldType)} {field.Name} = {Convert.ToString(field.GetRawConstantValue(), CultureInfo.InvariantCulture)}" : $"{(field.IsStatic ? "static " : "")}{(field.IsInitOnly ? "readonly " : "")}{Name(field.FieldType)} {field.Name}";

    private static string PropertyLine(PropertyInfo property)
    {
        bool isInit = property.SetMethod?.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) == true;
        string accessors = string.Concat(property.GetMethod is { } getter && IsShown(getter) ? "get; " : "", property.SetMethod is { } setter && IsShown(setter) ? isInit ? "init; " : "set; " : "");
        ParameterInfo[] index = property.GetIndexParameters();
        return $"{Manner(property.GetAccessors(nonPublic: true)[0])}{Name(property.PropertyType)} {(index.Length > 0 ? $"this[{Parameters(index)}]" : property.Name)} {{ {accessors}}}";
    }

    private static string Signature(MethodBase method)
    {
        string arguments = method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(Name))}>" : "";
        string head = method is MethodInfo { ReturnType: { } result } ? $"{Manner(method)}{Name(result)} {method.Name}" : "new";
        return $"{head}{arguments}({Parameters(method.GetParameters())})";
    }

    private static string Manner(MethodBase method) => method.IsStatic ? "static " : method.DeclaringType!.IsInterface ? "" : method.IsAbstract ? "abstract " : method is { IsVirtual: true, IsFinal: false } ? "virtual " : "";

    private static string Parameters(ParameterInfo[] parameters) => string.Join(", ", parameters.Select(parameter =>
        $"{(parameter.IsOut ? "out " : parameter.IsIn ? "in " : parameter.ParameterType.IsByRef ? "ref " : "")}{Name(parameter.ParameterType)} {parameter.Name}{(parameter.HasDefaultValue ? $" = {Default(parameter)}" : "")}"));

    private static string Default(ParameterInfo parameter) => parameter.RawDefaultValue is { } value ? Convert.ToString(value, CultureInfo.InvariantCulture)! : "default";

    private static string Name(Type type)
    {
        if (type.IsByRef) return Name(type.GetElementType()!);
        if (type.IsArray) return Name(type.GetElementType()!) + "[]";
        string name = type.IsNested && !type.IsGenericParameter ? $"{Name(type.DeclaringType!)}.{type.Name}" : type.Name;
        return type.IsGenericType ? $"{name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>" : name;
    }

    private static bool IsShown(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static bool IsAccessor(MethodInfo method) => method.IsSpecialName && !method.Name.StartsWith("op_", StringComparison.Ordinal);

    private static bool IsGenerated(MethodBase method) => method.IsDefined(typeof(CompilerGeneratedAttribute)) || method.Name.Contains('<', StringComparison.Ordinal);
}
