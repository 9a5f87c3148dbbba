using System.Text;
using Fathom.Domain.Messages;
using Fathom.Engine.Risk;

namespace Fathom.Tests.Engine.Risk;

/// <summary>The table of docs/reference/risk.md, made of the catalog of rules.</summary>
internal static class RiskRulesPage
{
    private const string Begin = "<!-- rules: generated -->", End = "<!-- /rules -->";

    /// <summary>The page with what stands between the marks written anew.</summary>
    public static string Renewed(string page)
    {
        int from = page.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, to = page.IndexOf(End, StringComparison.Ordinal);
        return $"{page[..from]}\n{Table()}{page[to..]}";
    }

    private static string Table()
    {
        StringBuilder table = new();
        table.Append("| reason | key | scope | unit | default | refused when | `Limit` | `Found` |\n|---|---|---|---|---|---|---|---|\n");
        foreach (RiskRuleInfo rule in RiskRules.All)
        {
            string key = rule.Key.Length == 0 ? "–" : $"`{rule.Key}`", unit = rule.Unit.Length == 0 ? "–" : rule.Unit;
            table.Append($"| `{rule.Reason}` | {key} | {string.Join(", ", rule.Scopes.Select(Word))} | {unit} | {rule.Default} | {rule.RefusedWhen} | {rule.Limit} | {rule.Found} |\n");
        }
        return table.ToString();
    }

    private static string Word(RiskScope scope) => scope switch
    {
        RiskScope.None => "–",
        RiskScope.StrategyInstrument => "strategy in an instrument",
        _ => scope.ToString().ToLowerInvariant(),
    };
}
