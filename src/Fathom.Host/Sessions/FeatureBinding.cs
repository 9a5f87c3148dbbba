using Fathom.Domain;
using Fathom.Engine.Features;
using Fathom.Engine.Features.Catalog;
using Fathom.Engine.Features.Pipeline;
using Fathom.Host.Configuration;

namespace Fathom.Host.Sessions;

/// <summary>Binds <c>[features]</c>: the feature vector. Every key of a column that is not one of its own is a parameter of the feature.</summary>
public static class FeatureBinding
{
    private static readonly string[] s_own = ["name", "on", "as", "instrument", "with"];

    /// <summary>The columns in the order in which they are written.</summary>
    /// <exception cref="InputException">There is no such feature, or it cannot be had like that.</exception>
    public static IReadOnlyList<FeatureSpec> Bind(ConfigSection section)
    {
        string on = section.StringOrNull("on") ?? "";
        FeaturePlan plan = new();
        List<FeatureSpec> specs = [];
        foreach (ConfigSection column in section.Tables("vector"))
        {
            FeatureSpec spec = BindOne(column, on);
            plan.Add(spec);
            specs.Add(spec);
        }
        return specs;
    }

    private static FeatureSpec BindOne(ConfigSection section, string on)
    {
        string name = section.String("name");
        FeatureInfo info = FeatureCatalog.Find(name, $"{section.Path}.name ({section.Origin})");
        return new FeatureSpec
        {
            Name = name,
            On = section.StringOrNull("on") ?? (info.Takes == FeatureTakes.Tape ? "" : on),
            As = section.StringOrNull("as") ?? "",
            Instrument = section.StringOrNull("instrument") ?? "",
            Other = section.StringOrNull("with") ?? "",
            Subject = $"{section.Path} ({section.Origin})",
            Arguments = section.Keys.Where(key => !s_own.Contains(key)).ToDictionary(key => key, section.Scalar),
        };
    }
}
