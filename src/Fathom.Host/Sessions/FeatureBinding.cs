using Fathom.Domain;
using Fathom.Engine.Features;
using Fathom.Engine.Features.Catalog;
using Fathom.Engine.Features.Pipeline;
using Fathom.Engine.Loop;
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

    /// <summary>At the end of a run: columns that were never computed would be empty without a word.</summary>
    /// <exception cref="InputException">An instrument that a feature names did not come, or never had a value at a time when the other had one.</exception>
    public static void RequireMet(TradingEngine engine)
    {
        foreach ((PlannedFeature feature, string symbol) in engine.Features.Unmet())
        {
            bool isAbsent = engine.Features.Find(symbol) is null;
            throw isAbsent
                ? new InputException(feature.Subject, $"'{symbol}', of which the data has nothing", $"one of {string.Join(", ", engine.Features.Vectors.Select(vector => vector.Symbol))}", "Name an instrument that the data has.")
                : new InputException(feature.Subject, $"{symbol} and {feature.Other}, which never had values together", "two instruments whose data overlaps", "Name two that trade at the same time, or another on.");
        }
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
