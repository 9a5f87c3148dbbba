using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using Fathom.Domain;
using Fathom.Domain.Values;
using Fathom.Engine.Features;
using Fathom.Engine.Features.Catalog;
using Fathom.Host.Verify;

namespace Fathom.Tests.Engine.Features;

/// <summary>What holds of every feature in the catalog, whatever it computes.</summary>
public class FeatureLawsTests
{
    private const int Draws = 4;

    public static TheoryData<string> Names => [.. FeatureCatalog.All.Select(info => info.Name)];

    public static TheoryData<string> NamesThatMissSamples => [.. FeatureCatalog.All.Where(info => info.Takes != FeatureTakes.Tape).Select(info => info.Name)];

    public static TheoryData<string> NamesWithParameters => [.. FeatureCatalog.All.Where(info => info.Parameters.Count > 0).Select(info => info.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void It_is_known_exactly_when_the_catalog_says(string name)
    {
        FeatureInfo info = FeatureCatalog.Find(name, "a test");
        if (info.WarmUpSamples is not { } warmUp) return;
        foreach (FeatureArguments arguments in Arguments(info))
        {
            int samples = warmUp(arguments), taken = 0;
            Feature feature = info.Create(arguments);
            FeatureTable table = LivelySeries.Make(info.Takes, 7, 3 * samples + 100);
            FeatureRun run = new(feature);
            for (int row = 0; row < table.Rows && taken < samples + 10; row++)
            {
                run.Take(table.Row(row));
                if (Takes(feature, table.Row(row))) taken++;
                Assert.True(feature.IsReady == taken >= samples, $"{arguments}: {(feature.IsReady ? "known" : "not known")} after {taken} samples; the catalog says {samples}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_was_reset_is_as_new_and_the_same_samples_give_the_same_bits(string name)
    {
        FeatureInfo info = FeatureCatalog.Find(name, "a test");
        foreach (FeatureArguments arguments in Arguments(info))
        {
            foreach (SampleKind kind in SampleSeries.Kinds)
            {
                FeatureTable table = SampleSeries.Make(info.Takes, kind, 11, 200 + Samples(info, arguments));
                Feature feature = info.Create(arguments);
                double[] first = FeatureRun.Outputs(feature, table);
                feature.Reset();
                for (int output = 0; output < feature.OutputCount; output++) Assert.True(double.IsNaN(feature[output]), $"{arguments}: output {output} is known after the reset");
                RequireSameBits(first, FeatureRun.Outputs(feature, table), $"{arguments} on {table.Name}, after a reset");
                RequireSameBits(first, FeatureRun.Outputs(info.Create(arguments), table), $"{arguments} on {table.Name}, a second one");
            }
        }
    }

    [Theory]
    [MemberData(nameof(NamesThatMissSamples))]
    public void A_missing_sample_changes_nothing(string name)
    {
        FeatureInfo info = FeatureCatalog.Find(name, "a test");
        foreach (FeatureArguments arguments in Arguments(info))
        {
            FeatureTable table = SampleSeries.Make(info.Takes, SampleKind.Missing, 5, 300 + Samples(info, arguments));
            Feature with = info.Create(arguments), without = info.Create(arguments);
            FeatureRun withRun = new(with), withoutRun = new(without);
            for (int row = 0; row < table.Rows; row++)
            {
                ReadOnlySpan<double> cells = table.Row(row);
                bool isMissing = IsMissing(cells);
                if (!isMissing) withoutRun.Take(cells);
                // The time of a missing sample may still empty a window: that is not its doing.
                if (!isMissing || !with.FollowsTime) withRun.Take(cells);
                for (int output = 0; output < with.OutputCount; output++)
                    Assert.True(SameBits(with[output], without[output]), $"{arguments}: row {row}, output {output}: {with[output]:R} with the missing samples, {without[output]:R} without");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Outputs_are_within_their_bounds_and_never_infinite(string name)
    {
        FeatureInfo info = FeatureCatalog.Find(name, "a test");
        foreach (FeatureArguments arguments in Arguments(info))
        {
            foreach (FeatureTable table in SampleSeries.Kinds.Select(kind => SampleSeries.Make(info.Takes, kind, 3, 300 + Samples(info, arguments))).Append(LivelySeries.Make(info.Takes, 3, 300 + Samples(info, arguments))))
            {
                double[] outputs = FeatureRun.Outputs(info.Create(arguments), table);
                for (int i = 0; i < outputs.Length; i++)
                {
                    FeatureOutput output = info.Outputs[i % info.Outputs.Count];
                    bool isWithin = double.IsNaN(outputs[i]) || (double.IsFinite(outputs[i]) && outputs[i] >= output.Min && outputs[i] <= output.Max);
                    Assert.True(isWithin, $"{arguments} on {table.Name}, row {i / info.Outputs.Count}, output '{output.Name}': {outputs[i]:R} is not within {output.Min} to {output.Max}");
                }
            }
        }
    }

    /// <summary>Of books and trades it may be unknown again: when a side is gone, or a window is empty.</summary>
    [Theory]
    [MemberData(nameof(NamesThatMissSamples))]
    public void What_is_known_stays_known_while_samples_come(string name)
    {
        FeatureInfo info = FeatureCatalog.Find(name, "a test");
        foreach (FeatureArguments arguments in Arguments(info))
        {
            FeatureTable table = LivelySeries.Make(info.Takes, 23, 600 + Samples(info, arguments));
            double[] outputs = FeatureRun.Outputs(info.Create(arguments), table);
            for (int i = info.Outputs.Count; i < outputs.Length; i++)
                Assert.True(double.IsNaN(outputs[i - info.Outputs.Count]) || !double.IsNaN(outputs[i]), $"{arguments}, row {i / info.Outputs.Count}, output {i % info.Outputs.Count}: it was known, and is no more");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Asking_twice_for_a_moment_changes_nothing(string name)
    {
        FeatureInfo info = FeatureCatalog.Find(name, "a test");
        FeatureArguments arguments = ArgumentDraw.Defaults(info);
        FeatureTable table = SampleSeries.Make(info.Takes, SampleKind.Gappy, 19, 500);
        Feature feature = info.Create(arguments);
        if (!feature.FollowsTime) return;
        FeatureRun run = new(feature);
        double[] before = new double[feature.OutputCount];
        for (int row = 0; row < table.Rows; row++)
        {
            run.Take(table.Row(row));
            for (int output = 0; output < before.Length; output++) before[output] = feature[output];
            feature.AsOf(new(FeatureRun.Start.Nanos + (long)table.Row(row)[FeatureTable.Time]));
            for (int output = 0; output < before.Length; output++) Assert.True(SameBits(before[output], feature[output]), $"{arguments}, row {row}, output {output}");
        }
    }

    /// <summary>What forgets a short past forgets a long one: after 200,000 samples, outliers among them, it says what one says that has seen the newest alone. What never forgets, like a running total, is left out.</summary>
    [Theory]
    [MemberData(nameof(NamesThatMissSamples))]
    public void It_does_not_drift(string name)
    {
        const int Long = 200_000;
        FeatureInfo info = FeatureCatalog.Find(name, "a test");
        foreach (FeatureArguments arguments in (FeatureArguments[])[ArgumentDraw.Defaults(info), ArgumentDraw.Draw(info, 2)])
        {
            int recent = Recent(info, arguments);
            FeatureTable table = LivelySeries.Make(info.Takes, 29, Long + recent);
            double[] alone = After(info, arguments, table, from: Long, outliers: false), brief = After(info, arguments, table, from: Long - 500, outliers: false), longer = After(info, arguments, table, from: 0, outliers: true);
            for (int output = 0; output < alone.Length; output++)
            {
                if (!(FeatureDifference.Of(alone[output], brief[output]) <= info.Bound)) continue;
                Assert.True(FeatureDifference.Of(alone[output], longer[output]) <= info.Bound, $"{arguments}, output {output}: {longer[output]:R} after {table.Rows:N0} samples, {alone[output]:R} from the newest {recent:N0}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_sample_allocates_nothing(string name)
    {
        const int WarmUp = 6_000, Chunk = 1_000;
        FeatureInfo info = FeatureCatalog.Find(name, "a test");
        FeatureTable table = LivelySeries.Make(info.Takes, 31, WarmUp + 6 * Chunk);
        FeatureRun run = new(info.Create(ArgumentDraw.Defaults(info)));
        int row = 0;
        while (row < WarmUp) run.Take(table.Row(row++));
        long allocated = Allocated.AtLeast(() =>
        {
            for (int end = row + Chunk; row < end; row++) run.Take(table.Row(row));
        });
        // Only the optimizer makes a constant table free of allocation.
        if (allocated > 0) Assert.SkipWhen(typeof(Feature).Assembly.GetCustomAttribute<DebuggableAttribute>() is { IsJITOptimizerDisabled: true }, "built without optimization; ./test measures the Release build");
        Assert.Equal(0, allocated);
    }

    [Fact]
    public void Names_are_unique_and_in_small_letters_with_underscores()
    {
        Assert.Equal(FeatureCatalog.All.Count, FeatureCatalog.All.Select(info => info.Name).Distinct().Count());
        foreach (FeatureInfo info in FeatureCatalog.All)
        {
            Assert.Matches("^[a-z][a-z0-9]*(_[a-z0-9]+)*$", info.Name);
            Assert.All(info.Parameters, parameter => Assert.Matches("^[a-z][a-z0-9]*(_[a-z0-9]+)*$", parameter.Name));
            Assert.Equal(info.Parameters.Count, info.Parameters.Select(parameter => parameter.Name).Distinct().Count());
            Assert.Equal(info.Outputs.Count, info.Outputs.Select(output => output.Name).Distinct().Count());
            if (info.Outputs.Count > 1) Assert.All(info.Outputs, output => Assert.Matches("^[a-z][a-z0-9]*(_[a-z0-9]+)*$", output.Name));
            else Assert.Matches("^$|^[a-z][a-z0-9]*(_[a-z0-9]+)*$", info.Outputs[0].Name);
        }
    }

    [Fact]
    public void What_the_catalog_says_in_words_is_there()
    {
        foreach (FeatureInfo info in FeatureCatalog.All)
        {
            Assert.EndsWith(".", info.Summary, StringComparison.Ordinal);
            Assert.All((string[])[info.Formula, info.Source, info.WarmUp, .. info.Outputs.SelectMany(output => (string[])[output.Unit, output.Range]), .. info.Parameters.Select(parameter => parameter.Summary)],
                text => Assert.False(string.IsNullOrWhiteSpace(text), $"{info.Name} leaves something unsaid"));
            Assert.All(info.Parameters, parameter => Assert.False(parameter.Summary.EndsWith('.'), $"{info.Name}: the summary of {parameter.Name} ends with a full stop"));
            Assert.All(info.Outputs, output => Assert.True(output.Min < output.Max, $"{info.Name}: {output.Name} has no room between its bounds"));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void It_is_made_from_its_defaults_and_takes_and_gives_what_the_catalog_says(string name)
    {
        FeatureInfo info = FeatureCatalog.Find(name, "a test");
        Feature feature = info.Create(ArgumentDraw.Defaults(info));
        Assert.Equal(info.Outputs.Count, feature.OutputCount);
        Assert.Equal(info.Takes, feature switch { ValueFeature => FeatureTakes.Values, PairFeature => FeatureTakes.Pairs, BarFeature => FeatureTakes.Bars, _ => FeatureTakes.Tape });
        Assert.False(feature.IsReady);
        if (feature is TapeFeature tape) Assert.True(tape.TakesBook || tape.TakesTrades, "it takes nothing");
    }

    [Theory]
    [MemberData(nameof(NamesWithParameters))]
    public void A_wrong_argument_is_refused_with_what_was_expected(string name)
    {
        FeatureInfo info = FeatureCatalog.Find(name, "a test");
        foreach (FeatureParameter parameter in info.Parameters)
        {
            InputException unknown = Assert.Throws<InputException>(() => FeatureArguments.Read(info, "here", new Dictionary<string, string> { [parameter.Name + "x"] = "1" }));
            // A letter more on a very short name is another name: then the message lists them all.
            Assert.Contains(parameter.Name.Length > 3 ? $"Did you mean '{parameter.Name}'?" : parameter.Name, unknown.Message, StringComparison.Ordinal);
            foreach (string text in WrongTexts(parameter))
            {
                InputException wrong = Assert.Throws<InputException>(() => FeatureArguments.Read(info, "here", new Dictionary<string, string> { [parameter.Name] = text }));
                Assert.Contains(parameter.Name, wrong.Message, StringComparison.Ordinal);
                Assert.StartsWith("here", wrong.Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void An_unknown_feature_is_refused_with_the_nearest_name()
    {
        InputException unknown = Assert.Throws<InputException>(() => FeatureCatalog.Find("rsj", "here"));
        Assert.Contains("Did you mean 'rsi'?", unknown.Message, StringComparison.Ordinal);
    }

    private static IEnumerable<FeatureArguments> Arguments(FeatureInfo info)
    {
        yield return ArgumentDraw.Defaults(info);
        for (ulong draw = 1; draw <= Draws && info.Parameters.Count > 0; draw++) yield return ArgumentDraw.Draw(info, draw);
    }

    /// <summary>After so many it is known, or its longest window is full: a sample comes each second.</summary>
    private static int Samples(FeatureInfo info, FeatureArguments arguments)
    {
        if (info.WarmUpSamples is { } warmUp) return warmUp(arguments);
        long longest = 0;
        foreach (FeatureParameter parameter in info.Parameters)
        {
            if (parameter.Kind == FeatureParameterKind.Count) longest = Math.Max(longest, arguments.Count(parameter.Name));
            if (parameter.Kind == FeatureParameterKind.Duration) longest = Math.Max(longest, arguments.Duration(parameter.Name).Nanos / Timestamp.NanosPerSecond);
            if (parameter.Kind == FeatureParameterKind.Window && arguments.Window(parameter.Name) is var window) longest = Math.Max(longest, window.IsTime ? window.Time.Nanos / Timestamp.NanosPerSecond : window.Count);
        }
        return (int)Math.Min(longest, 10_000);
    }

    /// <summary>So many samples that what was before them is forgotten, by windows and by averages that decay.</summary>
    private static int Recent(FeatureInfo info, FeatureArguments arguments) => Math.Min(2_000 + 60 * Samples(info, arguments), 200_000);

    private static bool Takes(Feature feature, ReadOnlySpan<double> row) => feature is not TapeFeature tape ||
        (row[FeatureTable.Kind] == FeatureTable.BookKind && tape.TakesBook) || (row[FeatureTable.Kind] == FeatureTable.TradeKind && tape.TakesTrades);

    private static bool IsMissing(ReadOnlySpan<double> row)
    {
        foreach (double cell in row[FeatureTable.Value..])
            if (!double.IsFinite(cell)) return true;
        return false;
    }

    /// <summary>The outputs at the end of a table.</summary>
    /// <param name="outliers">Every thousandth sample before the newest is a billion times as large.</param>
    private static double[] After(FeatureInfo info, FeatureArguments arguments, FeatureTable table, int from, bool outliers)
    {
        Feature feature = info.Create(arguments);
        FeatureRun run = new(feature);
        int recent = Recent(info, arguments);
        double[] large = new double[table.Columns];
        for (int row = from; row < table.Rows; row++)
        {
            if (outliers && row % 1_000 == 0 && row < table.Rows - recent)
            {
                table.Row(row).CopyTo(large);
                for (int column = info.Takes == FeatureTakes.Pairs ? FeatureTable.PairValue : FeatureTable.Value; column < large.Length; column++) large[column] *= 1e9;
                run.Take(large);
            }
            else run.Take(table.Row(row));
        }
        double[] outputs = new double[feature.OutputCount];
        for (int output = 0; output < outputs.Length; output++) outputs[output] = feature[output];
        return outputs;
    }

    private static IEnumerable<string> WrongTexts(FeatureParameter parameter)
    {
        yield return "?";
        yield return "";
        if (parameter.Kind is FeatureParameterKind.Count or FeatureParameterKind.Number or FeatureParameterKind.Window)
        {
            yield return (parameter.Min - 1).ToString("R", CultureInfo.InvariantCulture);
            if (parameter.Max < 1e300) yield return (parameter.Max * 2 + 1).ToString("R", CultureInfo.InvariantCulture);
            yield return "NaN";
        }
        if (parameter.Kind is FeatureParameterKind.Duration or FeatureParameterKind.Window) yield return "0s";
        if (parameter.Kind == FeatureParameterKind.Duration) yield return "5";
        if (parameter.Kind == FeatureParameterKind.Window && parameter.IsCountOnly) yield return "5m";
    }

    private static bool SameBits(double left, double right) => BitConverter.DoubleToInt64Bits(left) == BitConverter.DoubleToInt64Bits(right) || (double.IsNaN(left) && double.IsNaN(right));

    private static void RequireSameBits(double[] expected, double[] found, string what)
    {
        for (int i = 0; i < expected.Length; i++) Assert.True(SameBits(expected[i], found[i]), $"{what}: number {i} is {found[i]:R}, it was {expected[i]:R}");
    }
}
