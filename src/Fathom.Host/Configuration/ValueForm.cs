using System.Diagnostics.CodeAnalysis;
using Fathom.Host.Configuration.Toml;

namespace Fathom.Host.Configuration;

/// <summary>How one type of value is written in a configuration: what is read, what is expected, and the one normal way to write it.</summary>
/// <param name="Expected">For messages: "a duration with a unit".</param>
/// <param name="Example">A literal, for messages.</param>
/// <param name="TryRead">False for anything that is not exactly such a value.</param>
/// <param name="Write">The normal way to write the value: one value, one text.</param>
/// <param name="Suggest">What to write instead of a refused value, with the reason; null for the example.</param>
internal sealed record ValueForm<T>(string Expected, string Example, ValueForm<T>.Reader TryRead, Func<T, TomlNode> Write, Func<TomlNode, string?>? Suggest = null)
{
    public delegate bool Reader(TomlNode node, [MaybeNullWhen(false)] out T value);

    /// <summary>How messages write a value.</summary>
    public Func<T, string> Show { get; init; } = value => Write(value).ToString();

    /// <summary>It is the least one above zero: messages say "above 0" for such a bound.</summary>
    public Func<T, bool> IsLeast { get; init; } = static _ => false;

    /// <summary>A value that somebody could mean where one above zero is asked for; of the largest one that may be, or the default where any may.</summary>
    public Func<T, T> Usual { get; init; } = static most => most;
}
