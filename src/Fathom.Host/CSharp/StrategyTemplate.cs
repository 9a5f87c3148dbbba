using System.Security;
using System.Text;
using Fathom.Domain;

namespace Fathom.Host.CSharp;

/// <summary>The files of a new strategy: its class, a configuration that runs it, and tests of it.</summary>
internal static class StrategyTemplate
{
    private static readonly string[] Reserved = ["Strategy", "StrategyContext", "StrategyTester", "Fathom", "System", "Xunit"];

    /// <summary>The name of a public class of its own.</summary>
    /// <exception cref="InputException">It is none; the message has one that is near.</exception>
    public static void RequireName(string name)
    {
        bool isName = name.Length is > 0 and <= 60 && char.IsAsciiLetterUpper(name[0]) && name.All(char.IsAsciiLetterOrDigit);
        if (isName && !Reserved.Contains(name, StringComparer.Ordinal)) return;
        string near = string.Concat(name.Split([.. name.Where(c => !char.IsAsciiLetterOrDigit(c))], StringSplitOptions.RemoveEmptyEntries).Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
        if (isName || near.Length == 0 || near.Length > 60 || !char.IsAsciiLetter(near[0])) near = "My" + (isName ? name : "Quoter");
        throw new InputException("NAME", $"'{name}'", "the name of a class: letters and digits, a capital first, none of Fathom's own", $"Try {near}.");
    }

    /// <summary>Paths relative to the folder, and what is in them.</summary>
    /// <param name="name">Of the class.</param>
    public static IReadOnlyList<(string Path, string Text)> Files(string name)
    {
        string usings = string.Join('\n', StrategyCompiler.Usings.Select(space => $"    <Using Include=\"{space}\" />"));
        string home = SecurityElement.Escape(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        string Filled(string template) => Read(template).Replace("{NAME}", name, StringComparison.Ordinal).Replace("{USINGS}", usings, StringComparison.Ordinal).Replace("{FATHOM}", home, StringComparison.Ordinal);
        return
        [
            ($"{name}.cs", Filled("Strategy.cs.txt")),
            ($"{name}.toml", Filled("Strategy.toml.txt")),
            (Path.Combine($"{name}.Tests", $"{name}.Tests.csproj"), Filled("Tests.csproj.txt")),
            (Path.Combine($"{name}.Tests", $"{name}Tests.cs"), Filled("Tests.cs.txt")),
        ];
    }

    private static string Read(string template)
    {
        using Stream stream = typeof(StrategyTemplate).Assembly.GetManifestResourceStream(template)!;
        using StreamReader reader = new(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
