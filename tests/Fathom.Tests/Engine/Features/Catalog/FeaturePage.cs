using System.Text;
using Fathom.Engine.Features.Catalog;

namespace Fathom.Tests.Engine.Features.Catalog;

/// <summary>docs/reference/features.md: what stands between its two marks is made from the catalog.</summary>
internal static class FeaturePage
{
    private const string Begin = "<!-- from the catalog: begin -->\n", End = "<!-- from the catalog: end -->";

    public static string Renewed(string page)
    {
        int begin = page.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, end = page.IndexOf(End, StringComparison.Ordinal);
        return page[..begin] + Catalog() + page[end..];
    }

    private static string Catalog()
    {
        StringBuilder text = new();
        foreach (IGrouping<FeatureFamily, FeatureInfo> family in FeatureCatalog.All.GroupBy(info => info.Family))
        {
            text.Append($"\n## {family.Key}\n\n| name | what it is | computed from | outputs |\n|---|---|---|---|\n");
            foreach (FeatureInfo info in family) text.Append($"| [`{info.Name}`](#{info.Name}) | {info.Summary} | {Spoken(info.Takes)} | {Outputs(info)} |\n");
            foreach (FeatureInfo info in family) Append(text, info);
        }
        return text.Append('\n').ToString();
    }

    private static void Append(StringBuilder text, FeatureInfo info)
    {
        text.Append($"\n### {info.Name}\n\n{info.Summary} Known {info.WarmUp.TrimEnd('.')}. Source: {info.Source.TrimEnd('.')}.\n\n```\n{info.Formula}\n```\n");
        if (info.Parameters.Count > 0)
        {
            text.Append("\n| parameter | default | takes | what it does |\n|---|---|---|---|\n");
            foreach (FeatureParameter parameter in info.Parameters)
                text.Append($"| `{parameter.Name}` | {(parameter.Default is null ? "–" : $"`{parameter.Default}`")} | {FeatureArguments.Wanted(parameter)} | {parameter.Summary} |\n");
        }
        text.Append("\n| output | unit | range |\n|---|---|---|\n");
        foreach (FeatureOutput output in info.Outputs) text.Append($"| {(output.Name.Length == 0 ? "(the only one)" : $"`{output.Name}`")} | {output.Unit} | {output.Range} |\n");
    }

    private static string Outputs(FeatureInfo info) => info.Outputs.Count == 1 ? "1" : string.Join(", ", info.Outputs.Select(output => $"`{output.Name}`"));

    private static string Spoken(FeatureTakes takes) => takes switch
    {
        FeatureTakes.Values => "a series",
        FeatureTakes.Pairs => "two instruments' series (`with`)",
        FeatureTakes.Bars => "bars",
        _ => "book and trades",
    };
}
