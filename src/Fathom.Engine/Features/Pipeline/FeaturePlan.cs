using System.Runtime.InteropServices;
using Fathom.Domain;
using Fathom.Engine.Features.Catalog;

namespace Fathom.Engine.Features.Pipeline;

/// <summary>The features of a run in the order in which they are computed, and the names of their columns. What is asked for twice is there once. It is complete when the run has started.</summary>
internal sealed class FeaturePlan
{
    private readonly List<PlannedFeature> _features = [];
    private readonly List<string> _columns = [];
    private readonly Dictionary<string, PlannedFeature> _byKey = [];

    public IReadOnlyList<PlannedFeature> Features => _features;

    public IReadOnlyList<string> Columns => _columns;

    public ReadOnlySpan<string> ColumnSpan => CollectionsMarshal.AsSpan(_columns);

    /// <summary>Columns of the vector that the configuration states; what strategies ask for stands behind them.</summary>
    public int ConfiguredCount { get; set; }

    /// <summary>The feature that a column is of.</summary>
    public PlannedFeature Of(int column)
    {
        foreach (PlannedFeature planned in _features)
            if (column >= planned.Columns.First && column < planned.Columns.First + planned.Columns.Count) return planned;
        throw new ArgumentOutOfRangeException(nameof(column), column, $"There are {_columns.Count} columns.");
    }

    /// <exception cref="InputException">The name, an argument or the source is wrong, or another feature has its name.</exception>
    public FeatureHandle Add(FeatureSpec spec)
    {
        FeatureInfo info = FeatureCatalog.Find(spec.Name, spec.Subject);
        FeatureArguments arguments = FeatureArguments.Read(info, spec.Subject, spec.Arguments);
        if ((info.Takes == FeatureTakes.Pairs) == (spec.Other.Length == 0))
        {
            throw info.Takes == FeatureTakes.Pairs
                ? new InputException(spec.Subject, $"{spec.Name} without with", "the symbol of the other instrument", "State with = \"SYMBOL\".")
                : new InputException(spec.Subject, $"with = \"{spec.Other}\"", $"none: {spec.Name} is of one series", "Leave it out.");
        }
        return Add(spec, info.Takes, string.Join('_', [info.Name, .. arguments.Texts]), info.Outputs, () => info.Create(arguments));
    }

    /// <summary>A feature of the user's own.</summary>
    /// <param name="create">Makes one for each instrument, each time alike.</param>
    /// <exception cref="InputException">Its source is wrong, or another feature has its name.</exception>
    public FeatureHandle Add(FeatureSpec spec, Func<Feature> create)
    {
        Feature one = create();
        FeatureTakes takes = one switch
        {
            ValueFeature => FeatureTakes.Values,
            PairFeature => FeatureTakes.Pairs,
            BarFeature => FeatureTakes.Bars,
            _ => FeatureTakes.Tape,
        };
        FeatureOutput[] outputs = new FeatureOutput[one.OutputCount];
        for (int i = 0; i < outputs.Length; i++) outputs[i] = new FeatureOutput(outputs.Length == 1 ? "" : $"{i + 1}", "", "");
        if (FeatureCatalog.TryFind(spec.Name, out _)) throw new InputException(spec.Subject, $"a feature of your own with the name '{spec.Name}'", "another name: there is a feature of that name already", "Choose another.");
        return Add(spec, takes, spec.Name, outputs, create);
    }

    private FeatureHandle Add(FeatureSpec spec, FeatureTakes takes, string name, IReadOnlyList<FeatureOutput> outputs, Func<Feature> create)
    {
        FeatureSource source = FeatureSource.Read(takes, spec, _columns);
        string place = (spec.On.Length == 0 ? "" : $"@{spec.On}") + (spec.Other.Length == 0 ? "" : $"~{spec.Other}") + (spec.Instrument.Length == 0 ? "" : $"[{spec.Instrument}]");
        string key = $"{name}{place}|{spec.As}";
        if (_byKey.TryGetValue(key, out PlannedFeature? known)) return known.Columns;
        FeatureHandle columns = new(_columns.Count, outputs.Count);
        foreach (FeatureOutput output in outputs)
        {
            string suffix = output.Name.Length == 0 ? "" : $".{output.Name}", column = spec.As.Length > 0 ? spec.As + suffix : name + suffix + place;
            if (_columns.Contains(column)) throw new InputException(spec.Subject, $"two features called '{column}'", "each under its own name", "State as = \"…\" with another name for one of them.");
            _columns.Add(column);
        }
        PlannedFeature planned = new(key, takes, create, source, spec.Instrument, spec.Other, columns, spec.Subject);
        _features.Add(planned);
        _byKey.Add(key, planned);
        return columns;
    }
}
