using Fathom.Domain.Numerics;
using Fathom.Domain.Values;
using Fathom.Engine.Features;
using Fathom.Engine.Features.Catalog;
using Fathom.Host.Verify;

namespace Fathom.Scenarios.Features;

/// <summary>Ten million values, as in a year of a busy instrument: what was rounded does not pile up.</summary>
public class LongRunTests
{
    private const int Long = 10_000_000;
    private const int Recent = 200_000;      // windows and decaying averages have forgotten what was before them

    private static readonly double[] s_values = Values();

    public static TheoryData<string> Names => [.. FeatureCatalog.All.Where(info => info.Takes == FeatureTakes.Values).Select(info => info.Name)];

    /// <summary>One that has seen ten million values says what one says that has seen the newest alone. What never forgets even a few, like a running total, is left out.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void It_does_not_drift_in_ten_million_values(string name)
    {
        FeatureInfo info = FeatureCatalog.Find(name, "a test");
        double[] alone = After(info, Long - Recent), brief = After(info, Long - Recent - 1_000), whole = After(info, 0);
        for (int output = 0; output < alone.Length; output++)
        {
            bool forgets = new FeatureDifference("", "", 0, "", alone[output], brief[output]).Relative <= info.Bound;
            if (forgets) Assert.True(new FeatureDifference("", "", 0, "", whole[output], alone[output]).Relative <= info.Bound, $"output {output}: {whole[output]:R} after {Long:N0} values, {alone[output]:R} from the newest {Recent:N0}");
        }
    }

    private static double[] After(FeatureInfo info, int from)
    {
        ValueFeature feature = (ValueFeature)info.Create(ArgumentDraw.Defaults(info));
        for (int i = from; i < Long; i++)
        {
            Timestamp time = new(FeatureRun.Start.Nanos + i * Timestamp.NanosPerSecond);
            bool isOutlier = i % 10_007 == 0 && i < Long - Recent - 1_000;
            feature.Add(time, s_values[i % s_values.Length] * (isOutlier ? 1e9 : 1));
        }
        double[] outputs = new double[feature.OutputCount];
        for (int output = 0; output < outputs.Length; output++) outputs[output] = feature[output];
        return outputs;
    }

    private static double[] Values()
    {
        SplitMix64 random = new(41);
        double[] values = new double[1_000_003];
        double value = 1_000;
        for (int i = 0; i < values.Length; i++) values[i] = value = Math.Abs(value + random.NextNormal());
        return values;
    }
}
