using System.Globalization;
using Fathom.Domain;
using Fathom.Domain.Values;

namespace Fathom.Engine.Features.Catalog;

/// <summary>The arguments of a feature, checked, with defaults for what was not stated.</summary>
public sealed class FeatureArguments
{
    private readonly FeatureInfo _info;
    private readonly string[] _texts;      // by place of the parameter, in one form for one meaning

    private FeatureArguments(FeatureInfo info, string[] texts) => (_info, _texts) = (info, texts);

    /// <summary>Reads and checks arguments.</summary>
    /// <param name="subject">What they stand at, for messages: a configuration key, or the feature itself.</param>
    /// <param name="stated">By name; others get their defaults.</param>
    /// <exception cref="InputException">An argument that there is not, that is missing, or that is not what the parameter takes.</exception>
    public static FeatureArguments Read(FeatureInfo info, string subject, IReadOnlyDictionary<string, string> stated)
    {
        foreach (string name in stated.Keys)
            if (!Contains(info, name)) throw new InputException(subject, $"the parameter '{name}'", Expected(info), Nearest(info, name));
        string[] texts = new string[info.Parameters.Count];
        for (int i = 0; i < texts.Length; i++)
        {
            FeatureParameter parameter = info.Parameters[i];
            string? text = stated.TryGetValue(parameter.Name, out string? found) ? found : parameter.Default;
            if (text is null) throw new InputException(subject, $"{info.Name} without {parameter.Name}", Wanted(parameter), $"State {parameter.Name}: {parameter.Summary}.");
            texts[i] = Normal(parameter, text) ?? throw new InputException(subject, $"{parameter.Name} = {text}", Wanted(parameter), $"{parameter.Name} is {parameter.Summary}.");
        }
        FeatureArguments arguments = new(info, texts);
        return info.Check(arguments) is { } wrong ? throw new InputException(subject, arguments.ToString(), "arguments that go together", wrong) : arguments;
    }

    /// <summary>In the order of the parameters, each in its one form: two that mean the same are equal.</summary>
    public IReadOnlyList<string> Texts => _texts;

    /// <summary>The argument of a parameter that is a whole number.</summary>
    public int Count(string name) => int.Parse(TextOf(name), NumberStyles.Integer, CultureInfo.InvariantCulture);

    /// <summary>The argument of a parameter that is a number.</summary>
    public double Number(string name) => double.Parse(TextOf(name), NumberStyles.Float, CultureInfo.InvariantCulture);

    /// <summary>The argument of a parameter that is a time.</summary>
    public Duration Duration(string name) => Domain.Values.Duration.TryParse(TextOf(name), out Duration time) ? time : throw new InvariantException("arguments were checked when they were read");

    /// <summary>The argument of a parameter that is a word.</summary>
    public string Word(string name) => TextOf(name);

    /// <summary>The argument of a parameter that says how far back samples count.</summary>
    public FeatureWindow Window(string name)
    {
        string text = TextOf(name);
        return char.IsAsciiDigit(text[^1]) ? FeatureWindow.Samples(Count(name)) : FeatureWindow.Of(Duration(name));
    }

    /// <summary>"rsi period = 14".</summary>
    public override string ToString()
    {
        List<string> parts = [];
        for (int i = 0; i < _texts.Length; i++) parts.Add($"{_info.Parameters[i].Name} = {_texts[i]}");
        return parts.Count == 0 ? _info.Name : $"{_info.Name} {string.Join(", ", parts)}";
    }

    /// <summary>What a parameter takes, in words.</summary>
    public static string Wanted(FeatureParameter parameter)
    {
        string range = string.Create(CultureInfo.InvariantCulture, $"{parameter.Min:R} to {parameter.Max:R}"), time = $"a time above zero and at most {FeatureParameter.DaysMax} days, for example \"5m\"";
        return parameter.Kind switch
        {
            FeatureParameterKind.Count => $"a whole number, {range}",
            FeatureParameterKind.Number => $"a number, {range}",
            FeatureParameterKind.Duration => time,
            FeatureParameterKind.Window => parameter.IsCountOnly ? $"a number of samples, {range}" : $"a number of samples, {range}, or {time}",
            _ => $"one of {string.Join(", ", parameter.Words)}",
        };
    }

    private string TextOf(string name)
    {
        for (int i = 0; i < _texts.Length; i++)
            if (_info.Parameters[i].Name == name) return _texts[i];
        throw new ArgumentException($"The feature {_info.Name} has no parameter '{name}'.", nameof(name));
    }

    /// <returns>Null where the parameter does not take the text.</returns>
    private static string? Normal(FeatureParameter parameter, string text) => parameter.Kind switch
    {
        FeatureParameterKind.Count => CountText(parameter, text),
        FeatureParameterKind.Number => NumberText(parameter, text),
        FeatureParameterKind.Duration => TimeText(text),
        FeatureParameterKind.Window => CountText(parameter, text) ?? (parameter.IsCountOnly ? null : TimeText(text)),
        _ => Contains(parameter.Words, text) ? text : null,
    };

    private static string? CountText(FeatureParameter parameter, string text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int count) && count >= parameter.Min && count <= parameter.Max
            ? count.ToString(CultureInfo.InvariantCulture)
            : null;

    private static string? NumberText(FeatureParameter parameter, string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && number >= parameter.Min && number <= parameter.Max
            ? number.ToString("R", CultureInfo.InvariantCulture)
            : null;

    private static string? TimeText(string text) =>
        Domain.Values.Duration.TryParse(text, out Duration time) && time.Nanos > 0 && time.Nanos <= FeatureParameter.DaysMax * 86_400L * Timestamp.NanosPerSecond ? time.ToString() : null;

    private static bool Contains(FeatureInfo info, string name)
    {
        foreach (FeatureParameter parameter in info.Parameters)
            if (parameter.Name == name) return true;
        return false;
    }

    private static bool Contains(IReadOnlyList<string> words, string text)
    {
        foreach (string word in words)
            if (word == text) return true;
        return false;
    }

    private static string Expected(FeatureInfo info)
    {
        List<string> names = [];
        foreach (FeatureParameter parameter in info.Parameters) names.Add(parameter.Name);
        return names.Count == 0 ? $"none: {info.Name} has no parameters" : $"{string.Join(", ", names)}";
    }

    private static string Nearest(FeatureInfo info, string name)
    {
        List<string> names = [];
        foreach (FeatureParameter parameter in info.Parameters) names.Add(parameter.Name);
        string? nearest = NearestName.Find(name, names);
        return nearest is null ? "Leave it out." : $"Did you mean '{nearest}'?";
    }
}
