namespace Fathom.Host.Configuration;

/// <summary>A key or section that was written and that nobody asked for.</summary>
/// <param name="Section">Where it stands.</param>
/// <param name="Key">Its name.</param>
/// <param name="Path">Section and name.</param>
/// <param name="Origin">Where it was written.</param>
internal readonly record struct UnknownKey(ConfigSection Section, string Key, string Path, ValueOrigin Origin);
