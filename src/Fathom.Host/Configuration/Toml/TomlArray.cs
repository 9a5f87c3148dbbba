namespace Fathom.Host.Configuration.Toml;

/// <summary>An array of any values, or the tables of one [[name]].</summary>
public sealed class TomlArray(ValueOrigin origin, bool isOfTables = false) : TomlNode(TomlKind.Array, origin)
{
    private readonly List<TomlNode> _items = [];

    /// <summary>Made by [[name]] headers, so every item is a table; a later header may append.</summary>
    public bool IsOfTables { get; } = isOfTables;

    public IReadOnlyList<TomlNode> Items => _items;

    internal void Add(TomlNode item) => _items.Add(item);
}
