using System.Globalization;
using Fathom.Domain;
using Fathom.Domain.Numerics;
using Fathom.Domain.Values;
using Fathom.Engine.Features.Catalog;

namespace Fathom.Host.Verify;

/// <summary>Draws arguments for a feature: small windows, so that a short series fills them many times, and all words.</summary>
public static class ArgumentDraw
{
    private const int CountsAboveMin = 12;
    private const int TriesMax = 200;

    private static readonly Dictionary<string, string> s_nothing = [];

    /// <summary>The defaults; where a parameter has none, a drawn one.</summary>
    public static FeatureArguments Defaults(FeatureInfo info) =>
        info.Parameters.All(parameter => parameter.Default is not null) ? FeatureArguments.Read(info, info.Name, s_nothing) : Draw(info, seed: 0);

    /// <exception cref="InvalidOperationException">None of many draws went together.</exception>
    public static FeatureArguments Draw(FeatureInfo info, ulong seed)
    {
        SplitMix64 random = new(seed);
        for (int i = 0; i < TriesMax; i++)
        {
            Dictionary<string, string> stated = [];
            foreach (FeatureParameter parameter in info.Parameters) stated.Add(parameter.Name, Text(parameter, ref random));
            try
            {
                return FeatureArguments.Read(info, info.Name, stated);
            }
            catch (InputException)
            {
                // arguments that do not go together
            }
        }
        throw new InvalidOperationException($"{info.Name}: none of {TriesMax} draws of arguments was accepted");
    }

    private static string Text(FeatureParameter parameter, ref SplitMix64 random) => parameter.Kind switch
    {
        FeatureParameterKind.Count => Count(parameter, ref random),
        FeatureParameterKind.Number => Number(parameter, ref random),
        FeatureParameterKind.Duration => Time(ref random),
        FeatureParameterKind.Window => parameter.IsCountOnly || random.NextBelow(2) == 0 ? Count(parameter, ref random) : Time(ref random),
        _ => parameter.Words[random.NextBelow(parameter.Words.Count)],
    };

    private static string Count(FeatureParameter parameter, ref SplitMix64 random) =>
        Math.Min(parameter.Max, Math.Ceiling(parameter.Min) + random.NextBelow(CountsAboveMin + 1)).ToString(CultureInfo.InvariantCulture);

    /// <summary>A quarter to four times the default, within the bounds; without one, up to 1 above the smallest.</summary>
    private static string Number(FeatureParameter parameter, ref SplitMix64 random)
    {
        double number = parameter.Default is null ? parameter.Min + random.NextUnit() : double.Parse(parameter.Default, CultureInfo.InvariantCulture) * Math.Pow(4, 2 * random.NextUnit() - 1);
        return Math.Round(Math.Clamp(number, parameter.Min, parameter.Max), 6).ToString("R", CultureInfo.InvariantCulture);
    }

    /// <summary>Half of them whole seconds, where samples fall on the edge of the window.</summary>
    private static string Time(ref SplitMix64 random)
    {
        int seconds = 1 + random.NextBelow(40);
        long nanos = random.NextBelow(2) == 0 ? seconds * Timestamp.NanosPerSecond : (long)random.NextBelow((ulong)(seconds * Timestamp.NanosPerSecond)) + 1;
        return new Duration(nanos).ToString();
    }
}
