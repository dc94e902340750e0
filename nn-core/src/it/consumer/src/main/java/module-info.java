/** A module that uses the library and names nothing else. */
module org.example.xor {
  requires dev.neurite.nn;
}
