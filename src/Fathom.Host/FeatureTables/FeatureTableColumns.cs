using System.Globalization;
using Fathom.Domain;
using Fathom.Engine.Features;
using Fathom.Engine.Features.Catalog;
using Fathom.Engine.Features.Pipeline;

namespace Fathom.Host.FeatureTables;

/// <summary>The columns of a table in their order, which is that of the configuration: time, instrument, features, labels.</summary>
internal sealed class FeatureTableColumns
{
    /// <summary>Columns before the first feature.</summary>
    public const int Leading = 2;

    private static readonly string[] s_leading = ["time", "instrument"];

    private FeatureTableColumns(IReadOnlyList<FeatureTableColumn> features, IReadOnlyList<FeatureLabel> labels)
    {
        (Features, Labels) = (features, labels);
        foreach (FeatureLabel label in labels)
            if (label.WidthColumn.Length > 0 && IndexOf(label.WidthColumn) < 0)
                throw new InputException("features.label.column", $"'{label.WidthColumn}'", $"a feature of the vector: {string.Join(", ", features.Select(feature => feature.Name))}", NearestName.Find(label.WidthColumn, features.Select(feature => feature.Name)) is { } near ? $"Did you mean '{near}'?" : "Name one of them.");
        foreach (FeatureTableColumn feature in features)
            if (feature.Name.StartsWith(FeatureLabel.Prefix, StringComparison.Ordinal))
                throw new InputException("[[features.vector]]", $"a feature called '{feature.Name}'", $"a name that does not begin with '{FeatureLabel.Prefix}', which is for what a feature cannot know", "State as = \"…\" with another name.");
        LabelColumns = [.. labels.SelectMany(Describe)];
        Names = [.. s_leading, .. features.Select(column => column.Name), .. LabelColumns.Select(column => column.Name)];
        foreach (string name in Names)
            if (Names.Count(other => other == name) > 1)
                throw new InputException("[[features.vector]]", $"a column called '{name}'", "a name that no other column of the table has", "State as = \"…\" with another name.");
    }

    public IReadOnlyList<FeatureTableColumn> Features { get; }

    public IReadOnlyList<FeatureLabel> Labels { get; }

    public IReadOnlyList<FeatureTableColumn> LabelColumns { get; }

    /// <summary>All of them, in order.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Without the leading ones.</summary>
    public IEnumerable<FeatureTableColumn> All => Features.Concat(LabelColumns);

    /// <exception cref="InputException">No vector, two columns of one name, or a label of a column that there is not.</exception>
    public static FeatureTableColumns Of(IReadOnlyList<FeatureSpec> vector, IReadOnlyList<FeatureLabel> labels)
    {
        if (vector.Count == 0)
            throw new InputException("[[features.vector]]", "none", "at least one feature", "Write for example a section [features] with on = \"bars.1m\", and below it a section [[features.vector]] with name = \"rsi\" and period = 14; samples/features.toml is a whole configuration.");
        FeaturePlan plan = new();
        List<FeatureTableColumn> columns = [];
        foreach (FeatureSpec spec in vector)
        {
            FeatureHandle handle = plan.Add(spec);
            if (handle.First < columns.Count) continue;      // what is asked for twice is there once
            FeatureInfo info = FeatureCatalog.Find(spec.Name, spec.Subject);
            FeatureArguments arguments = FeatureArguments.Read(info, spec.Subject, spec.Arguments);
            KeyValuePair<string, string>[] stated = [.. info.Parameters.Zip(arguments.Texts, (parameter, text) => KeyValuePair.Create(parameter.Name, text))];
            for (int i = 0; i < handle.Count; i++)
                columns.Add(new FeatureTableColumn(plan.Columns[handle.First + i], info.Name, stated, spec.On, spec.Instrument, spec.Other, info.Formula, info.Outputs[i].Unit));
        }
        return new FeatureTableColumns(columns, labels);
    }

    /// <summary>A cell of numbers as it was written; NaN where it is empty.</summary>
    public static double Number(string cell) => cell.Length == 0 ? double.NaN : double.Parse(cell, NumberStyles.Float, CultureInfo.InvariantCulture);

    public LabelTracker Track(FeatureLabel label, int index)
    {
        if (label.WidthColumn.Length == 0) return new LabelTracker(label, index);
        int column = IndexOf(label.WidthColumn);
        return new LabelTracker(label, index, column, WidthOf(Features[column].Unit));
    }

    /// <summary>Of the features; below zero: there is none.</summary>
    private int IndexOf(string feature)
    {
        for (int i = 0; i < Features.Count; i++)
            if (Features[i].Name == feature) return i;
        return -1;
    }

    private static LabelWidth WidthOf(string unit) => unit switch
    {
        "price" => LabelWidth.Price,
        "bps" => LabelWidth.Bps,
        _ => LabelWidth.Fraction,
    };

    private IEnumerable<FeatureTableColumn> Describe(FeatureLabel label)
    {
        if (label.Kind == FeatureLabelKind.ForwardReturn)
        {
            yield return new FeatureTableColumn(label.Column, "forward_return", [new("horizon", label.Horizon.ToString())], "mid", "", "", "ln(mid at time + horizon / mid at time)", "1");
            yield break;
        }
        string Number(double number) => number.ToString("R", CultureInfo.InvariantCulture);
        KeyValuePair<string, string>[] arguments = label.WidthColumn.Length == 0
            ? [new("horizon", label.Horizon.ToString()), new("up_bps", Number(label.Up)), new("down_bps", Number(label.Down))]
            : [new("horizon", label.Horizon.ToString()), new("column", label.WidthColumn), new("up", Number(label.Up)), new("down", Number(label.Down))];
        string width = label.WidthColumn.Length == 0 ? "bps of the mid" : $"times {label.WidthColumn}, " + WidthOf(Features[IndexOf(label.WidthColumn)].Unit) switch
        {
            LabelWidth.Price => "a difference of prices",
            LabelWidth.Bps => "bps of the mid",
            _ => "a part of the mid",
        };
        yield return new FeatureTableColumn(label.Column, "triple_barrier", arguments, "mid", "", "", $"1 where the mid first meets mid + up, −1 where it first meets mid − down, 0 where neither until time + horizon; distances {width}", "1");
        yield return new FeatureTableColumn(label.Column + FeatureLabel.TimeSuffix, "triple_barrier", arguments, "mid", "", "", "when that was", "time", IsTime: true);
    }
}
