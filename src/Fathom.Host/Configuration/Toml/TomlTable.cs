using System.Diagnostics.CodeAnalysis;

namespace Fathom.Host.Configuration.Toml;

/// <summary>Keys and values in the order in which they were written.</summary>
public sealed class TomlTable(ValueOrigin origin) : TomlNode(TomlKind.Table, origin)
{
    private readonly OrderedDictionary<string, TomlNode> _entries = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, TomlNode> Entries => _entries;

    public bool TryGet(string key, [NotNullWhen(true)] out TomlNode? value) => _entries.TryGetValue(key, out value);

    /// <summary>How the table came to be, which decides what may still be added to it (<see cref="TomlReader"/>).</summary>
    internal Making MadeBy { get; set; }

    internal void Put(string key, TomlNode value) => _entries[key] = value;

    internal void Remove(string key) => _entries.Remove(key);

    internal enum Making : byte
    {
        /// <summary>A step of somebody's [path]: a header of its own may still come.</summary>
        Path,

        /// <summary>Its own [header]: a second one is an error.</summary>
        Header,

        /// <summary>A dotted key: only dotted keys of the same table may add to it; headers may go through it.</summary>
        DottedKey,

        /// <summary>{ … }: complete.</summary>
        Inline,
    }
}
