using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Fathom.Tests.Architecture;

/// <summary>
/// What users' strategies are written against (Domain, Market, Engine) changes knowingly: its public surface is committed as text, and a change shows up in review. It is documented too:
/// every public type, and every public method or constructor with parameters. Excepted are operators and what a base class or an interface of the framework has defined (ToString, CompareTo).
/// Members of enums, fields and properties are documented where their type and name do not say it: reviewers hold that.
/// </summary>
public partial class PublicSurfaceTests
{
    private const string Folder = "docs/reference/public-api";

    public static TheoryData<string> Projects => ["Fathom.Domain", "Fathom.Market", "Fathom.Engine"];

    [Theory]
    [MemberData(nameof(Projects))]
    public void The_public_surface_is_the_one_that_is_committed(string project)
    {
        string path = Path.Combine(Repository.Root, Folder, $"{project}.txt"), surface = PublicSurface.Of(Assembly.Load(project));
        if (Environment.GetEnvironmentVariable("RENEW") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, surface);
        }
        string[] committed = File.Exists(path) ? File.ReadAllLines(path) : [], found = surface.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        IEnumerable<string> changes = [.. InPlace(found).Except(InPlace(committed)).Select(line => $"+ {line}"), .. InPlace(committed).Except(InPlace(found)).Select(line => $"- {line}")];
        Assert.True(committed.SequenceEqual(found), $"{project}'s public surface is not that of {Folder}/{project}.txt. If that is meant, renew the file and commit it:\n" +
            $"  RENEW=1 dotnet tests/Fathom.Tests/bin/Debug/net10.0/Fathom.Tests.dll -class '*PublicSurfaceTests'\n{string.Join('\n', changes)}");
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Every_public_type_and_method_says_what_it_is(string project)
    {
        HashSet<string> documented = [.. XDocument.Load(Path.Combine(AppContext.BaseDirectory, $"{project}.xml")).Descendants("member")
            .Where(member => member.HasElements).Select(member => (string)member.Attribute("name")!)];
        List<string> silent = [];
        foreach (Type type in PublicSurface.Types(Assembly.Load(project)))
        {
            if (!documented.Contains($"T:{Id(type)}")) silent.Add($"type {Id(type)}");
            silent.AddRange(PublicSurface.Methods(type).Where(method => NeedsWords(method) && !documented.Contains(Id(method))).Select(Id));
        }
        Assert.True(silent.Count == 0, "without a /// <summary>:\n" + string.Join('\n', silent));
    }

    /// <summary>Members with the type that they stand under.</summary>
    private static IEnumerable<string> InPlace(string[] lines)
    {
        string type = "";
        foreach (string line in lines)
        {
            if (!line.StartsWith(' ')) type = line.Split(' ')[0];
            yield return line.StartsWith(' ') ? $"{type}: {line.Trim()}" : line;
        }
    }

    private static bool NeedsWords(MethodBase method)
    {
        if (method.GetParameters().Length == 0 || method.Name.StartsWith("op_", StringComparison.Ordinal)) return false;
        if (method is not MethodInfo { IsVirtual: true } inherited) return !IsRecordsOwn(method);
        if (inherited.GetBaseDefinition() != inherited) return false;
        return !method.DeclaringType!.GetInterfaces().Any(face => !method.DeclaringType.IsInterface && method.DeclaringType.GetInterfaceMap(face).TargetMethods.Contains(inherited));
    }

    /// <summary>The constructor that stands in the type's own line; the type's summary and its params document it.</summary>
    private static bool IsRecordsOwn(MethodBase method) =>
        method.IsConstructor && method.GetParameters() is var parameters && parameters.All(parameter => method.DeclaringType!.GetProperty(parameter.Name!) is not null);

    /// <summary>As the compiler names it in the documentation file.</summary>
    private static string Id(MethodBase method)
    {
        string arity = method.IsGenericMethod ? $"``{method.GetGenericArguments().Length}" : "";
        return $"M:{Id(method.DeclaringType!)}.{method.Name.Replace('.', '#')}{arity}({string.Join(',', method.GetParameters().Select(parameter => Id(parameter.ParameterType)))})";
    }

    private static string Id(Type type)
    {
        if (type.IsByRef) return Id(type.GetElementType()!) + "@";
        if (type.IsArray) return Id(type.GetElementType()!) + "[]";
        if (type.IsPointer) return Id(type.GetElementType()!) + "*";
        if (type.IsGenericParameter) return $"{(type.DeclaringMethod is null ? "`" : "``")}{type.GenericParameterPosition}";
        if (!type.IsConstructedGenericType) return type.FullName!.Replace('+', '.');
        return $"{Arity().Replace(type.GetGenericTypeDefinition().FullName!, "").Replace('+', '.')}{{{string.Join(',', type.GetGenericArguments().Select(Id))}}}";
    }

    [GeneratedRegex(@"`\d+")]
    private static partial Regex Arity();
}
