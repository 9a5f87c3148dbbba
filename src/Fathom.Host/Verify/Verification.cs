using Fathom.Domain;
using Fathom.Engine.Features;
using Fathom.Engine.Features.Catalog;

namespace Fathom.Host.Verify;

/// <summary>Runs features and the second witness on the same samples and compares every output after every row.</summary>
internal sealed class Verification(Witness witness, int seeds, IReadOnlyList<FeatureTable> data, CancellationToken stop)
{
    private const int RowsMin = 300, RowsBeyondWarmUp = 300, RowsMax = 2_500;

    /// <summary>Sets of arguments that are drawn for each seed, besides the defaults.</summary>
    private const int DrawsPerSeed = 2;

    private readonly Dictionary<(FeatureTakes, SampleKind, ulong, int), FeatureTable> _made = [];

    public FeatureVerdict Judge(FeatureInfo info)
    {
        int runs = 0;
        long samples = 0;
        FeatureDifference? largest = null;
        try
        {
            foreach ((FeatureTable table, FeatureArguments arguments) in Questions(info))
            {
                stop.ThrowIfCancellationRequested();
                runs++;
                samples += Compare(info, arguments, table, ref largest);
            }
        }
        catch (WitnessException failure)
        {
            return new FeatureVerdict(info, runs, samples, largest, failure.Message);
        }
        catch (Exception failure) when (failure is ArgumentException or InvalidOperationException or InvariantException or IndexOutOfRangeException or NotSupportedException)
        {
            return new FeatureVerdict(info, runs, samples, largest, $"it threw {failure.GetType().Name}: {failure.Message}");
        }
        return new FeatureVerdict(info, runs, samples, largest, Failure(info, samples, largest));
    }

    private static string? Failure(FeatureInfo info, long samples, FeatureDifference? largest)
    {
        if (largest is not null && double.IsInfinity(largest.Relative)) return "one of them knows what the other does not";
        if (largest is not null && largest.Relative > info.Bound) return "beyond its bound";
        return samples == 0 ? "it never knew anything" : null;
    }

    /// <summary>The defaults on every series; drawn arguments on as many.</summary>
    private IEnumerable<(FeatureTable, FeatureArguments)> Questions(FeatureInfo info)
    {
        FeatureArguments defaults = ArgumentDraw.Defaults(info);
        int rows = Math.Clamp((info.WarmUpSamples?.Invoke(defaults) ?? 0) + RowsBeyondWarmUp, RowsMin, RowsMax);
        foreach (FeatureTable table in data)
            if (table.Takes == info.Takes) yield return (table, defaults);
        for (ulong seed = 1; seed <= (ulong)seeds; seed++)
        {
            foreach (SampleKind kind in SampleSeries.Kinds)
            {
                yield return (Series(info.Takes, kind, seed, rows), defaults);
                if (info.Parameters.Count == 0) continue;
                for (ulong draw = 0; draw < DrawsPerSeed; draw++)
                    yield return (Series(info.Takes, kind, seed, RowsMin), ArgumentDraw.Draw(info, seed * 100 + (ulong)kind * 10 + draw));
            }
        }
    }

    private FeatureTable Series(FeatureTakes takes, SampleKind kind, ulong seed, int rows)
    {
        if (!_made.TryGetValue((takes, kind, seed, rows), out FeatureTable? table)) _made.Add((takes, kind, seed, rows), table = SampleSeries.Make(takes, kind, seed, rows));
        return table;
    }

    /// <returns>Outputs that both knew.</returns>
    private long Compare(FeatureInfo info, FeatureArguments arguments, FeatureTable table, ref FeatureDifference? largest)
    {
        Feature feature = info.Create(arguments);
        if (feature.OutputCount != info.Outputs.Count) throw new InvalidOperationException($"the catalog lists {info.Outputs.Count} outputs, there are {feature.OutputCount}");
        double[] ours = FeatureRun.Outputs(feature, table), theirs = witness.Ask(info, arguments, table);
        if (theirs.Length != ours.Length) throw new WitnessException($"the witness gives {theirs.Length} numbers, the feature {ours.Length}");
        long known = 0;
        double most = largest?.Relative ?? 0;
        for (int i = 0; i < ours.Length; i++)
        {
            double difference = FeatureDifference.Of(ours[i], theirs[i]);
            if (!double.IsNaN(ours[i]) && !double.IsNaN(theirs[i])) known++;
            if (difference <= most) continue;
            most = difference;
            largest = new FeatureDifference(table.Name, arguments.ToString(), i / feature.OutputCount, info.Outputs[i % feature.OutputCount].Name, ours[i], theirs[i]);
        }
        return known;
    }
}
